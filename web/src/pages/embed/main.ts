import '../../lib/style/page.css';
import '../../lib/style/map.css';
import '../../lib/style/embed.css';

import type { EmbedPageQuery } from '../../lib/api/documents.ts';
import { answer, takeOver } from '../../lib/page.ts';
import Embed from './Embed.svelte';

takeOver(Embed, { page: answer<EmbedPageQuery>() });

// The page around it may give it the height that it needs.
const tell = () => parent.postMessage({ type: 'third-country-tracker', height: Math.ceil(document.body.getBoundingClientRect().height) }, '*');
new ResizeObserver(tell).observe(document.body);
