import { DeskViewer, type DeskViewerQuery, SetPassword, SignIn, SignOut, type WrongFragment } from './documents.ts';
import { ApiError, type Document, request } from '../../lib/api/request.ts';
import { Retries } from '../../lib/api/retry.ts';

export const ENDPOINT = '/graphql';

/** Milliseconds after which an unanswered request counts as lost. */
const PATIENCE = 20_000;

export type Viewer = Omit<NonNullable<DeskViewerQuery['viewer']>, 'signOutPath'>;

/** Who is at the desk. */
export type Standing =
  | { is: 'asking' }
  | { is: 'unreachable' }
  | { is: 'out' }
  | { is: 'in'; viewer: Viewer }
  /** The session ended while somebody worked: they sign in again over what they have before them. */
  | { is: 'ended'; viewer: Viewer };

interface Waiting {
  goOn: () => void;
  giveUp: (error: ApiError) => void;
}

/** The signed-in person, and the way by which everything is asked. */
class Session {
  standing: Standing = $state.raw({ is: 'asking' });
  /** The way to sign in by a provider, where there is one. */
  singleSignOn: DeskViewerQuery['singleSignOn'] = $state.raw(null);
  /** Where somebody who came by a provider signs out there, too. */
  #signOutPath: string | null = null;
  readonly #retries = new Retries(1_000, 15_000);
  #failures = 0;
  #waiting: Waiting[] = [];

  /** Finds out who has the desk open. */
  async begin() {
    try {
      const { viewer, singleSignOn } = await ask(DeskViewer);
      this.singleSignOn = singleSignOn;
      this.#signOutPath = viewer?.signOutPath ?? null;
      this.standing = viewer ? { is: 'in', viewer } : { is: 'out' };
    } catch {
      this.standing = { is: 'unreachable' };
      this.#failures += 1;
      this.#retries.after(this.#failures, () => void this.begin());
    }
  }

  /** Asks as the one who is signed in. When the session is over it waits until they are back, and asks again. */
  async ask<Data, Variables>(document: Document<Data, Variables>, variables?: Variables): Promise<Data> {
    for (;;) {
      try {
        return await ask(document, variables);
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'UNAUTHENTICATED' || !this.hasEnded()) throw error;
        await new Promise<void>((goOn, giveUp) => this.#waiting.push({ goOn, giveUp }));
      }
    }
  }

  /** Told that the server knows the session no more. Answers whether somebody is to sign in again. */
  hasEnded() {
    if (this.standing.is === 'in') this.standing = { is: 'ended', viewer: this.standing.viewer };
    return this.standing.is === 'ended';
  }

  async signIn(email: string, password: string) {
    const { signIn } = await ask(SignIn, { input: { email, password } });
    return this.#enter(signIn.viewer, signIn.userErrors);
  }

  async setPassword(link: string, password: string) {
    const { setPassword } = await ask(SetPassword, { input: { link, password } });
    return this.#enter(setPassword.viewer, setPassword.userErrors);
  }

  async signOut() {
    await ask(SignOut);
    this.isOver();
  }

  /** Told that nobody is signed in here any more. */
  isOver() {
    this.standing = { is: 'out' };
    if (this.#signOutPath) location.assign(this.#signOutPath);
  }

  #enter(viewer: Viewer | null, wrong: WrongFragment[]) {
    if (!viewer) return wrong;
    const former = this.standing.is === 'ended' ? this.standing.viewer : undefined;
    this.standing = { is: 'in', viewer };
    this.#signOutPath = null;
    const isSomebodyElse = former !== undefined && former.name !== viewer.name;
    for (const { goOn, giveUp } of this.#waiting.splice(0)) {
      if (isSomebodyElse) giveUp(new ApiError('UNAUTHENTICATED', `Nothing was sent: ${viewer.name} has signed in.`));
      else goOn();
    }
    return [];
  }
}

const ask = <Data, Variables>(document: Document<Data, Variables>, variables?: Variables) =>
  request(ENDPOINT, document, variables, { signal: AbortSignal.timeout(PATIENCE) });

export const session = new Session();

/** Why a request failed, as a person is told. */
export function inWords(error: unknown) {
  if (!(error instanceof ApiError)) throw error;
  if (error.code === 'NETWORK') return 'The server can’t be reached right now. Please try again in a moment.';
  return error.message;
}
