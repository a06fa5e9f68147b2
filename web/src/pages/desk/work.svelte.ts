import { type ActedFragment, DeskDiscard, DeskPublish, DeskSave, DeskSchedule, DeskSubmit } from './documents.ts';
import { ApiError } from '../../lib/api/request.ts';
import { Retries, onReturn } from '../../lib/api/retry.ts';
import { differences } from './differences.ts';
import { type Preview, previewOf, standingAfter } from './effect.ts';
import { type Form, type Problem, type Sending, formOf, isUntouched, secret, wishOf } from './form.ts';
import { type Item, readItem } from './item.ts';
import { drop, find, keep } from './kept.ts';
import { record } from './record.ts';
import { type Conflict, type Saving, conflictOf } from './saving.ts';
import { session } from './session.svelte.ts';

/** Milliseconds without a keystroke after which it is saved. */
const PAUSE = 1_200;

type Step = { development: string; expectedRevision: number; idempotencyKey: string };

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
  /** What has become of it while it was open. */
  news = $state('');
  readonly #retries = new Retries(1_000, 15_000);
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<unknown> = Promise.resolve();
  #isOver = false;
  #isLeft = false;
  readonly #unlisten = onReturn(() => this.#retries.hurry());

  constructor(form: Form) {
    this.form = form;
    if (this.#isSaved()) this.saving = this.#rest();
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
      if (!('wish' in read)) {
        this.saving = { is: 'kept' };
        return false;
      }
      if (this.#isSaved()) {
        this.saving = this.#rest();
        return true;
      }
    }
    this.form.sending ??= 'wish' in read ? { key: secret(), ...read.wish } : null;
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

  async #send({ key, ...wish }: Sending) {
    const { draft, country } = this.form;
    if (!draft) return record(wish.content, country.code, key);
    const input = { development: draft.id, expectedRevision: draft.revision, idempotencyKey: key, ...wish };
    return (await session.ask(DeskSave, { input })).act;
  }

  #take({ development, conflict, userErrors }: ActedFragment, { key, ...wish }: Sending) {
    this.#failures = 0;
    this.form.sending = null;
    if (development && !conflict && userErrors.length === 0) {
      this.form.draft = development;
      if (this.form.correction) this.form.correction.isStored = true;
      this.form.saved = JSON.stringify(wish);
      this.problems = [];
      this.saving = { is: 'saved' };
    } else if (conflict) {
      this.saving = { is: 'conflict', conflict: conflictOf(conflict) };
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
    this.problems = 'problems' in read ? read.problems : this.#unexplained();
    const isAdding = this.form.adding !== null || this.form.search.trim() !== '';
    if (isAdding) this.problems = [...this.problems, { field: 'adding', message: 'Add this source, or clear it.' }];
    if (this.problems.length > 0 || !(await this.save()) || !this.form.draft) return undefined;
    const { id, revision } = this.form.draft;
    const item = await readItem(id);
    const seen = item && previewOf(item, null);
    if (!seen) throw new ApiError('NOT_FOUND', 'This draft is no longer there.');
    // A colleague has published it before the last save, which began a correction.
    if (item.published) this.form.correction ??= { note: '', minor: false, isStored: true };
    this.problems = this.#unexplained();
    if (this.problems.length > 0) return undefined;
    if (!isPublisher) return this.form.citations.length > 0 ? seen : this.#lacksSource();
    const { act } = await session.ask(DeskPublish, { input: { development: id, expectedRevision: revision, dryRun: true } });
    if (act.userErrors.some(({ code }) => code === 'NEEDS_SECOND_PERSON')) return seen;
    return this.#accepts(act) ? { ...seen, after: standingAfter(act) ?? null } : undefined;
  }

  #unexplained(): Problem[] {
    const { correction } = this.form;
    if (!correction) return [];
    if (isUntouched($state.snapshot(this.form) as Form, today())) return [{ field: '', message: 'Nothing has been changed yet.' }];
    const isSaid = correction.note.trim() || correction.minor;
    return isSaid ? [] : [{ field: 'note', message: 'Say to readers what was wrong, or tick that it is a trifle.' }];
  }

  #lacksSource() {
    this.problems = [{ field: 'citations', message: 'Cite at least one source: nothing is handed in without one.' }];
    return undefined;
  }

  /** Brings it before readers. Answers whether that was done. */
  publish() {
    return this.#finish('publish', async (step) => (await session.ask(DeskPublish, { input: step })).act);
  }

  /** Has it go before readers by itself at a moment. */
  schedule(publishAt: string) {
    return this.#finish(`schedule-${publishAt}`, async (step) => (await session.ask(DeskSchedule, { input: { ...step, publishAt } })).act);
  }

  /** Hands it to an editor. */
  submit() {
    return this.#finish('submit', async (step) => (await session.ask(DeskSubmit, { input: step })).act);
  }

  /** Gives it up, here and at the tracker. */
  async discard() {
    if (!this.form.draft || this.form.correction?.isStored === false) {
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
    if (conflict) this.saving = { is: 'conflict', conflict: conflictOf(conflict) };
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
    const item = await readItem(this.form.draft.id);
    if (item) this.#adopt(item);
  }

  #adopt(item: Item) {
    const { id, owner } = this.form;
    const theirs = formOf(owner, item, today());
    if (!theirs) return;
    this.form = { ...theirs, id };
    this.problems = [];
    this.saving = this.#isSaved() ? this.#rest() : { is: 'kept' };
  }

  /** Looks what colleagues have done to it: nothing is saved over what they wrote before it was shown. `isFresh`: nobody looks at it yet. */
  async catchUp(isFresh = false) {
    await this.#running;
    const { draft } = this.form;
    const item = draft && this.saving.is !== 'conflict' ? await readItem(draft.id) : undefined;
    if (!item || !draft || this.#isOver || this.form.sending || this.form.draft?.revision !== draft.revision) return;
    if (item.newest > draft.revision) {
      if (isFresh && this.#isSaved()) this.#adopt(item);
      else this.#clash(item, draft.revision);
    } else if (!item.working && item.published?.number === draft.revision && this.form.correction?.isStored !== false) this.#isOut(item);
  }

  #clash(item: Item, revision: number) {
    const mine = item.revisions.find(({ number }) => number === revision)?.development;
    const theirs = (item.working ?? item.published ?? item.revisions.at(-1))?.development;
    if (!mine || !theirs) return;
    clearTimeout(this.#timer);
    this.saving = { is: 'conflict', conflict: { revision: item.newest, author: theirs.author, changes: differences(mine, theirs) } };
  }

  /** It is before readers meanwhile: what is changed from now on is a correction. */
  #isOut(item: Item) {
    const theirs = formOf(this.form.owner, item, today());
    if (!theirs) return;
    this.form.correction = theirs.correction;
    this.form.saved = theirs.saved;
    this.news = 'It was published meanwhile: what you change from now on is a correction.';
    this.saving = this.#isSaved() ? this.#rest() : { is: 'kept' };
    this.noticed();
  }

  /** Nobody looks at it any more. What is typed stays kept. */
  leave() {
    this.#isLeft = true;
    clearTimeout(this.#timer);
    this.#unlisten();
  }

  #end() {
    this.#isOver = true;
    this.leave();
    drop(this.form.id);
  }

  #keep() {
    const isForgotten = this.#isLeft && !find(this.form.id, this.form.owner);
    if (!this.#isOver && !isForgotten) this.isKept = keep($state.snapshot(this.form) as Form);
  }

  /** How far it is where the tracker has all of it. */
  #rest(): Saving {
    return { is: isUntouched($state.snapshot(this.form) as Form, today()) ? 'untouched' : 'saved' };
  }

  #read() {
    return wishOf($state.snapshot(this.form) as Form, today());
  }

  #isSaved() {
    const read = this.#read();
    return !this.form.sending && this.form.draft !== null && 'wish' in read && JSON.stringify(read.wish) === this.form.saved;
  }
}
