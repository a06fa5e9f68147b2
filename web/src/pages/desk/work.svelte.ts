import {
  type ActedFragment,
  DeskDevelopment,
  DeskDiscard,
  DeskPublish,
  DeskSave,
  DeskStanding,
  type DeskStandingQuery,
  DeskSubmit,
} from './documents.ts';
import { ApiError } from '../../lib/api/request.ts';
import { Retries, onReturn } from '../../lib/api/retry.ts';
import { type Form, type Problem, type Sending, contentOf, formOf, secret } from './form.ts';
import { drop, keep } from './kept.ts';
import { record } from './record.ts';
import { session } from './session.svelte.ts';

/** Milliseconds without a keystroke after which it is saved. */
const PAUSE = 1_200;

export type Conflict = NonNullable<ActedFragment['conflict']>;

/** How far what is typed is safe. */
export type Saving =
  /** Kept in this browser: it is not enough for a draft yet. */
  | { is: 'kept' }
  | { is: 'saving' }
  | { is: 'saved' }
  /** It is tried again. */
  | { is: 'unsaved' }
  | { is: 'refused'; why: string }
  | { is: 'conflict'; conflict: Conflict };

/** What a development will tell readers, and where country and headline would stand. */
export interface Preview {
  shown: Shown;
  before: Standing;
  /** Null where somebody else has to publish it. */
  after: Standing | null;
}

export type Shown = Extract<NonNullable<DeskStandingQuery['node']>, { id: string }>;
type Step = { development: string; expectedRevision: number; idempotencyKey: string };
type Standing = { status: string; asked: number; agreed: number };

/** The day where the editor is. */
export function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** A form that somebody works on, and its way to the tracker. */
export class Work {
  form: Form = $state() as Form;
  saving: Saving = $state.raw({ is: 'kept' });
  problems: Problem[] = $state.raw([]);
  /** Whether this browser could not even keep it. */
  isKept = $state(true);
  readonly #retries = new Retries(1_000, 15_000);
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<unknown> = Promise.resolve();
  #isOver = false;
  readonly #unlisten = onReturn(() => this.#retries.hurry());

  constructor(form: Form) {
    this.form = form;
    if (this.#isSaved()) this.saving = { is: 'saved' };
  }

  /** Told of each keystroke: what is typed is kept at once, and saved after a pause. */
  noticed() {
    if (this.#isOver) return;
    this.#keep();
    clearTimeout(this.#timer);
    if (this.saving.is === 'conflict' || this.#isSaved()) return;
    this.#timer = setTimeout(() => void this.save(), PAUSE);
  }

  /** Saves it as a draft, if it is enough for one. Answers whether the draft says all that stands in the fields. */
  save(): Promise<boolean> {
    clearTimeout(this.#timer);
    const saved = this.#running.then(() => this.#save());
    this.#running = saved.catch(() => {});
    return saved;
  }

  async #save(): Promise<boolean> {
    if (this.#isOver) return false;
    const read = this.#read();
    if (!this.form.sending) {
      if (!('content' in read)) {
        this.saving = { is: 'kept' };
        return false;
      }
      if (this.#isSaved()) {
        this.saving = { is: 'saved' };
        return true;
      }
    }
    this.form.sending ??= 'content' in read ? { key: secret(), content: read.content } : null;
    const sending = $state.snapshot(this.form.sending) as Sending;
    this.#keep();
    this.saving = { is: 'saving' };
    try {
      if (!this.#take(await this.#send(sending), sending)) return false;
    } catch (error) {
      this.#fail(error);
      return false;
    }
    return this.#isSaved() || this.#save();
  }

  async #send({ key, content }: Sending) {
    const { draft, country } = this.form;
    if (!draft) return record(content, country.code, key);
    const input = { development: draft.id, expectedRevision: draft.revision, content, idempotencyKey: key };
    return (await session.ask(DeskSave, { input })).act;
  }

  #take({ development, conflict, userErrors }: ActedFragment, sending: Sending) {
    this.#failures = 0;
    this.form.sending = null;
    if (development && !conflict && userErrors.length === 0) {
      this.form.draft = development;
      this.form.saved = JSON.stringify(sending.content);
      this.problems = [];
      this.saving = { is: 'saved' };
    } else if (conflict) {
      this.saving = { is: 'conflict', conflict };
    } else {
      this.#mark(userErrors);
      this.saving = { is: 'refused', why: 'Mend what is marked.' };
    }
    this.#keep();
    return this.saving.is === 'saved';
  }

  #fail(error: unknown) {
    if (!(error instanceof ApiError)) throw error;
    if (error.passing) {
      this.saving = { is: 'unsaved' };
      this.#failures += 1;
      this.#retries.after(this.#failures, () => void this.save());
    } else {
      this.form.sending = null;
      this.saving = { is: 'refused', why: error.message };
    }
  }

  /** The API names a field by its whole path; here a part of it is a field. */
  #mark(wrong: ActedFragment['userErrors']) {
    this.problems = wrong.map(({ field, message }) => ({ field: (field[0] === 'content' ? field.slice(2) : field).join('.'), message }));
  }

  /** Shows what readers would see. Undefined where something has to be mended first. */
  async preview(isPublisher: boolean): Promise<Preview | undefined> {
    const read = this.#read();
    this.problems = 'problems' in read ? read.problems : [];
    const isAdding = this.form.adding !== null || this.form.search.trim() !== '';
    if (isAdding) this.problems = [...this.problems, { field: 'adding', message: 'Add this source, or clear it.' }];
    if (this.problems.length > 0 || !(await this.save()) || !this.form.draft) return undefined;
    const { id, revision } = this.form.draft;
    const { country, tally, node } = await session.ask(DeskStanding, { code: this.form.country.code, id });
    if (!node || !('id' in node)) throw new ApiError('NOT_FOUND', 'This draft is no longer there.');
    const before = { status: country?.status?.label ?? 'Not tracked', ...tally };
    const shown = node as Shown;
    if (!isPublisher) return this.form.citations.length > 0 ? { shown, before, after: null } : this.#lacksSource();
    const { act } = await session.ask(DeskPublish, { input: { development: id, expectedRevision: revision, dryRun: true } });
    if (act.userErrors.some(({ code }) => code === 'NEEDS_SECOND_PERSON')) return { shown, before, after: null };
    if (!this.#accepts(act) || !act.tally) return undefined;
    return { shown, before, after: { status: act.country?.status?.label ?? 'Not tracked', ...act.tally } };
  }

  #lacksSource() {
    this.problems = [{ field: 'citations', message: 'Cite at least one source: nothing is handed in without one.' }];
    return undefined;
  }

  /** Brings it before readers. Answers whether that was done. */
  publish() {
    return this.#finish('publish', async (step) => (await session.ask(DeskPublish, { input: step })).act);
  }

  /** Hands it to an editor. */
  submit() {
    return this.#finish('submit', async (step) => (await session.ask(DeskSubmit, { input: step })).act);
  }

  /** Gives it up, here and at the tracker. */
  async discard() {
    if (!this.form.draft) {
      this.#end();
      return true;
    }
    return this.#finish('discard', async (step) => (await session.ask(DeskDiscard, { input: step })).act);
  }

  /** With a key that is the same each time, so that it is done once, also where the answer is lost and somebody tries again. */
  async #finish(deed: string, act: (step: Step) => Promise<ActedFragment>) {
    clearTimeout(this.#timer);
    await this.#running;
    if (!this.form.draft) return false;
    const { id, revision } = this.form.draft;
    const done = await act({ development: id, expectedRevision: revision, idempotencyKey: `${this.form.id}-${deed}-${revision}` });
    if (!this.#accepts(done)) return false;
    this.#end();
    return true;
  }

  #accepts({ conflict, userErrors }: ActedFragment) {
    if (conflict) this.saving = { is: 'conflict', conflict };
    this.#mark(userErrors);
    return !conflict && userErrors.length === 0;
  }

  /** After a conflict: what stands here is saved over what the colleague wrote. */
  keepMine({ revision }: Conflict) {
    if (this.form.draft) this.form.draft.revision = revision;
    this.form.saved = '';
    return this.save();
  }

  /** After a conflict: what the colleague wrote takes the place of what stands here. */
  async takeTheirs() {
    if (!this.form.draft) return;
    const { node } = await session.ask(DeskDevelopment, { id: this.form.draft.id });
    if (!node || !('id' in node)) return;
    const { id, owner } = this.form;
    this.form = { ...formOf(owner, node as Parameters<typeof formOf>[1], today()), id };
    this.problems = [];
    this.saving = { is: 'saved' };
  }

  /** Nobody looks at it any more. What is typed stays kept. */
  leave() {
    clearTimeout(this.#timer);
    this.#unlisten();
  }

  #end() {
    this.#isOver = true;
    this.leave();
    drop(this.form.id);
  }

  #keep() {
    if (!this.#isOver) this.isKept = keep($state.snapshot(this.form) as Form);
  }

  #read() {
    return contentOf($state.snapshot(this.form) as Form, today());
  }

  #isSaved() {
    const read = this.#read();
    return !this.form.sending && this.form.draft !== null && 'content' in read && JSON.stringify(read.content) === this.form.saved;
  }
}
