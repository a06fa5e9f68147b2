import '../../lib/style/page.css';
import '../../lib/style/map.css';
import '../../lib/style/tracker.css';

import type { TrackerPageQuery } from '../../lib/api/documents.ts';
import { answer, takeOver } from '../../lib/page.ts';
import Tracker from './Tracker.svelte';

takeOver(Tracker, { page: answer<TrackerPageQuery>() });
