import { type DeedFragment, DeskItem, type DeskItemQuery, type ReviewPolicy } from './documents.ts';
import { session } from './session.svelte.ts';

type Node = Extract<NonNullable<DeskItemQuery['node']>, { id: string }>;
export type Revision = Node['revisions'][number];

/** What a revision says. */
export type Written = Revision['development'];

/** Where a country and the headline stand. */
export interface Standing {
  status: string;
  asked: number;
  agreed: number;
}

/** A development with all its revisions, as somebody at the desk sees it. */
export interface Item {
  id: string;
  country: { code: string; name: string };
  disputed: boolean;
  revisions: Revision[];
  /** What readers see now. Undefined where they see nothing of it. */
  published: Revision | undefined;
  /** What staff are making of it: a draft, or a correction in preparation. */
  working: Revision | undefined;
  /** The number of the newest revision: what is done is done to that one. */
  newest: number;
  /** How things stand for readers. */
  standing: Standing;
  policy: ReviewPolicy;
  deeds: DeedFragment[];
  /** Whether more was done than `deeds` tell. */
  hasMore: boolean;
}

const UNDER_WAY = ['DRAFT', 'IN_REVIEW', 'SCHEDULED'];

/** The development out of the API's answer. Undefined where there is none. */
export function itemOf({ desk, tally, node }: DeskItemQuery): Item | undefined {
  if (!node || !('id' in node) || !node.country) return undefined;
  const { id, country, disputed, revisions } = node as Node & { country: NonNullable<Node['country']> };
  return {
    id,
    country,
    disputed,
    revisions,
    published: revisions.find(({ shownFrom, shownUntil }) => shownFrom && !shownUntil),
    working: revisions.findLast(({ development }) => UNDER_WAY.includes(development.state)),
    newest: revisions.at(-1)?.number ?? 0,
    standing: { status: country.status?.label ?? 'Not tracked', ...tally },
    policy: desk.reviewPolicy,
    deeds: desk.history.nodes,
    hasMore: desk.history.pageInfo.hasNextPage,
  };
}

/** A development by its id, as it is now. */
export async function readItem(id: string) {
  return itemOf(await session.ask(DeskItem, { id }));
}
