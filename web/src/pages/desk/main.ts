import '../../lib/style/page.css';
import '../../lib/style/desk.css';
import '../../lib/style/desk_pages.css';

import { takeOver } from '../../lib/page.ts';
import Desk from './Desk.svelte';

takeOver(Desk, {});
