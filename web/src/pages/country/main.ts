import '../../lib/style/page.css';
import '../../lib/style/country.css';

import { mount } from 'svelte';

import type { CountryPageQuery } from '../../lib/api/documents.ts';
import { answerIfAny } from '../../lib/page.ts';
import Country from './Country.svelte';
import { completeAddress } from './record.ts';

// The server writes the record; the script adds what only a browser can: it follows what happens, copies, and turns back the time.
const page = answerIfAny<CountryPageQuery>();
const record = document.getElementById('record');
if (page?.country && record?.parentElement) {
  for (const stand of document.querySelectorAll('form.as-of-any, .connection')) stand.remove();
  completeAddress(record);
  mount(Country, { target: record.parentElement, props: { page, country: page.country, record } });
}
