import type {
  AgreementForm,
  AskStage,
  CitedFragment,
  DevelopmentContentInput,
  DevelopmentKind,
  PeopleInput,
  SourceKind,
} from './documents.ts';
import { readDate } from './date.ts';
import type { Item, Written } from './item.ts';

/** How a number of people is given. */
export type How = '' | 'exactly' | 'about' | 'atLeast' | 'atMost' | 'between' | 'describedAs';

export interface CitedSource {
  source: CitedFragment;
  locator: string;
  quote: string;
}

/** A source that is being typed, and not stored yet. */
export interface NewSource {
  kind: SourceKind;
  publisher: string;
  title: string;
  url: string;
  publishedOn: string;
  confidential: boolean;
  attribution: string;
  confidentialNote: string;
}

/** What is to be stored: the content, and what a correction says to readers. */
export interface Wish {
  content: DevelopmentContentInput;
  note?: string | null;
  minor?: boolean;
}

/** What was sent and not answered yet: it is sent again as it was, so that it can't come to be stored twice. */
export interface Sending extends Wish {
  key: string;
}

/** What makes a form a correction of what is published. */
export interface Correction {
  note: string;
  minor: boolean;
  /** Whether the tracker has a working copy of it: else nothing has been changed yet. */
  isStored: boolean;
}

/** A development as it is being typed: all texts as they stand in their fields. */
export interface Form {
  id: string;
  /** Whose it is: others who use the same browser do not find it. */
  owner: string;
  begun: string;
  country: { code: string; name: string };
  kind: DevelopmentKind | '';
  date: string;
  summary: string;
  how: How;
  number: string;
  most: string;
  stage: AskStage | '';
  terms: string;
  form: AgreementForm | '';
  amount: string;
  currency: string;
  nationalities: string;
  court: string;
  disputes: string;
  deniedBy: string;
  endedBy: string;
  affectsStatus: boolean;
  citations: CitedSource[];
  /** What is typed to find a source. */
  search: string;
  adding: NewSource | null;
  /** The draft as which it is stored; for a correction, what it corrects. */
  draft: { id: string; revision: number } | null;
  /** Null where it is nothing that readers have seen. */
  correction: Correction | null;
  sending: Sending | null;
  /** What the tracker has of it, as JSON. */
  saved: string;
}

/** Something wrong at a field, by the path that the API has for it. */
export interface Problem {
  field: string;
  message: string;
}

export function blank(owner: string, country: { code: string; name: string }): Form {
  return {
    id: secret(),
    owner,
    begun: new Date().toISOString(),
    country,
    kind: '',
    date: '',
    summary: '',
    how: '',
    number: '',
    most: '',
    stage: '',
    terms: '',
    form: '',
    amount: '',
    currency: 'USD',
    nationalities: '',
    court: '',
    disputes: '',
    deniedBy: '',
    endedBy: '',
    affectsStatus: true,
    citations: [],
    search: '',
    adding: null,
    draft: null,
    correction: null,
    sending: null,
    saved: '',
  };
}

/** A random name that nobody else makes. */
export const secret = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Whether nothing has been typed yet. */
export const isBlank = (form: Form) =>
  !form.draft && !form.sending && !form.kind && !form.summary && !form.date && !form.search && !form.adding && form.citations.length === 0;

const NUMBERED: readonly DevelopmentKind[] = ['ASK', 'AGREEMENT', 'PAYMENT', 'TRANSFER'];

/** Whether a kind says how many people. */
export const hasPeople = (kind: Form['kind']) => kind !== '' && NUMBERED.includes(kind);

/** Whether a kind can set the country's status. */
export const setsStatus = (kind: Form['kind']) => kind !== '' && ['ASK', 'AGREEMENT', 'REFUSAL', 'TERMINATION'].includes(kind);

/** Whether it is a correction in which nothing has been changed. */
export function isUntouched(form: Form, today: string) {
  if (!form.correction || form.correction.isStored || form.sending || form.search || form.adding) return false;
  const read = wishOf(form, today);
  return 'wish' in read && JSON.stringify(read.wish) === form.saved;
}

/** What is typed as it is to be stored, or what keeps it from that. */
export function wishOf(form: Form, today: string): { wish: Wish } | { problems: Problem[] } {
  const read = contentOf(form, today);
  if ('problems' in read || !form.correction) return 'problems' in read ? read : { wish: { content: read.content } };
  const { note, minor } = form.correction;
  return { wish: { content: read.content, note: note.trim() || null, minor } };
}

/** The content as the API takes it. */
function contentOf(form: Form, today: string): { content: DevelopmentContentInput } | { problems: Problem[] } {
  const problems: Problem[] = [];
  const date = readDate(form.date, today);
  if ('problem' in date) problems.push({ field: 'occurred', message: date.problem });
  const people = hasPeople(form.kind) ? peopleOf(form, problems) : null;
  if (!form.kind) problems.push({ field: 'kind', message: 'Choose what happened.' });
  if (!form.summary.trim()) problems.push({ field: 'summary', message: 'Say in a sentence or two what happened.' });
  if (form.kind === 'DENIAL' && !form.disputes) problems.push({ field: 'disputes', message: 'Choose what is disputed.' });
  if (!form.kind || 'problem' in date || problems.length > 0) return { problems };
  const shared = {
    occurred: date.edtf,
    summary: form.summary,
    affectsStatus: form.affectsStatus,
    citations: form.citations.map(({ source, locator, quote }) => ({ sourceId: source.id, locator: locator || null, quote: quote || null })),
  };
  return { content: ofKind(form, form.kind, shared, people) };
}

type Shared = Pick<NonNullable<DevelopmentContentInput['talks']>, 'occurred' | 'summary' | 'affectsStatus' | 'citations'>;

function ofKind(form: Form, kind: DevelopmentKind, shared: Shared, people: PeopleInput | null): DevelopmentContentInput {
  const nationalities = form.nationalities.split(/[\s,;]+/).filter(Boolean).map((code) => code.toUpperCase());
  const value = form.amount.replace(/[,\s]/g, '');
  switch (kind) {
    case 'ASK':
      return { ask: { ...shared, people, stage: form.stage || null } };
    case 'TALKS':
      return { talks: shared };
    case 'REFUSAL':
      return { refusal: shared };
    case 'AGREEMENT':
      return { agreement: { ...shared, people, terms: form.terms || null, form: form.form || null } };
    case 'PAYMENT':
      return { payment: { ...shared, people, nationalities, amount: value ? { value, currency: form.currency.trim().toUpperCase() } : null } };
    case 'TRANSFER':
      return { transfer: { ...shared, people, nationalities } };
    case 'COURT_ORDER':
      return { courtOrder: { ...shared, court: form.court || null } };
    case 'DENIAL':
      return { denial: { ...shared, disputes: form.disputes, deniedBy: form.deniedBy } };
    case 'TERMINATION':
      return { termination: { ...shared, endedBy: form.endedBy || null } };
  }
}

function peopleOf({ how, number, most }: Form, problems: Problem[]): PeopleInput | null {
  if (!how) return null;
  if (how === 'describedAs') return { describedAs: number };
  const [first, last] = [digits(number), digits(most)];
  if (first === undefined || (how === 'between' && last === undefined)) {
    problems.push({ field: 'people', message: 'Write the number in digits, such as 1,500; or choose “in words”.' });
    return null;
  }
  return how === 'between' ? { atLeast: first, atMost: last ?? null } : { [how]: first };
}

function digits(text: string) {
  const plain = text.replace(/[,\s]/g, '');
  return /^\d{1,9}$/.test(plain) ? Number(plain) : undefined;
}

/** What the tracker has, put into fields: the working copy, or else what readers see, to be corrected. Undefined where it has neither. */
export function formOf(owner: string, { working, published, newest }: Item, today: string): Form | undefined {
  const revision = working ?? published;
  if (!revision) return undefined;
  const form = fieldsOf(owner, revision.development);
  form.draft = { id: revision.development.id, revision: newest };
  if (published) {
    form.correction = { note: working?.note ?? '', minor: working?.minor ?? false, isStored: working !== undefined };
  }
  const read = wishOf(form, today);
  if ('wish' in read) form.saved = JSON.stringify(read.wish);
  return form;
}

function fieldsOf(owner: string, written: Written): Form {
  const form: Form = {
    ...blank(owner, written.country ?? { code: '', name: '' }),
    kind: written.kind,
    date: written.occurred.edtf ?? 'unknown',
    summary: written.summary,
    affectsStatus: written.affectsStatus,
    citations: written.citations.map(({ source, locator, quote }) => ({ source, locator: locator ?? '', quote: quote ?? '' })),
  };
  if ('people' in written && written.people) Object.assign(form, figures(written.people));
  if ('nationalities' in written) form.nationalities = written.nationalities.map(({ code }) => code).join(', ');
  if (written.__typename === 'Ask') form.stage = written.stage ?? '';
  if (written.__typename === 'Agreement') Object.assign(form, { terms: written.terms ?? '', form: written.form ?? '' });
  if (written.__typename === 'Payment' && written.amount) Object.assign(form, { amount: written.amount.value, currency: written.amount.currency });
  if (written.__typename === 'CourtOrder') form.court = written.court ?? '';
  if (written.__typename === 'Denial') Object.assign(form, { disputes: written.disputes?.id ?? '', deniedBy: written.deniedBy });
  if (written.__typename === 'Termination') form.endedBy = written.endedBy ?? '';
  return form;
}

function figures(people: { [K in keyof PeopleInput]-?: PeopleInput[K] }): Pick<Form, 'how' | 'number' | 'most'> {
  const { exactly, about, atLeast, atMost, describedAs } = people;
  if (atLeast != null && atMost != null) return { how: 'between', number: String(atLeast), most: String(atMost) };
  const given = Object.entries({ exactly, about, atLeast, atMost, describedAs }).find(([, figure]) => figure != null);
  return given ? { how: given[0] as How, number: String(given[1]), most: '' } : { how: '', number: '', most: '' };
}
