import '../../lib/style/page.css';
import '../../lib/style/desk.css';

import { takeOver } from '../../lib/page.ts';
import Desk from './Desk.svelte';

takeOver(Desk, {});
