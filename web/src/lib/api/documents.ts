// Written by `npm run documents`, out of schema.graphql and the .graphql files beside the pages.

import type { Document } from './request.ts';

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** The form that an agreement takes. */
export type AgreementForm =
  /** A treaty or another agreement binding under international law. */
  | 'TREATY'
  /** A memorandum of understanding. */
  | 'MEMORANDUM'
  /** An exchange of diplomatic notes or letters. */
  | 'EXCHANGE_OF_NOTES'
  /** Agreed by word of mouth or in public statements only. */
  | 'ORAL';

/** How far an ask has come. */
export type AskStage =
  /** The country has been asked. */
  | 'ASKED'
  /** The U.S. plans to ask. */
  | 'TO_BE_ASKED';

/** Which changes are wanted. Conditions that are left out or null admit all. */
export type ChangeFilter = {
  /** Only those about one of these countries. */
  countries?: Array<string> | null | undefined;
  /** Only those that did one of these things. */
  kinds?: Array<ChangeKind> | null | undefined;
  /** Only those to a development of one of these kinds. */
  developmentKinds?: Array<DevelopmentKind> | null | undefined;
  /** True: only those that changed a country's status. */
  statusChanged?: boolean;
};

/** What a change did to what readers can see. */
export type ChangeKind =
  /** A development was published. */
  | 'PUBLISHED'
  /** A published development was corrected. */
  | 'CORRECTED'
  /** A published development was retracted; it stays in the record, marked. */
  | 'RETRACTED'
  /** Names or codes of countries were loaded or changed. */
  | 'COUNTRIES_REVISED'
  /** A source's public details were changed. */
  | 'SOURCE_REVISED'
  /** A status's label or definition was changed. */
  | 'STATUS_REVISED';

/** What ties the development to a source: exactly one of `sourceId` and `source`. */
export type CitationInput = {
  /** The id of a stored source. */
  sourceId?: string | number | null | undefined;
  /** The source itself. */
  source?: SourceInput | null | undefined;
  /** Where in the source: a page, a paragraph, a time; 200 characters at most. */
  locator?: string | null | undefined;
  /** The source's own words; 2,000 characters at most. */
  quote?: string | null | undefined;
};

/** Which countries are wanted. Conditions that are left out or null admit all, except `tracked`. */
export type CountryFilter = {
  /** True, or left out: only those with a published status. False: only those without one. Null: all. */
  tracked?: boolean | null | undefined;
  /** Only those with one of these statuses. */
  statuses?: Array<StatusCode> | null | undefined;
  /** Only those in one of these regions or subregions, by their three-digit UN M49 codes. */
  regions?: Array<string> | null | undefined;
  /** Only those with, or without, a disputed development. */
  disputed?: boolean | null | undefined;
  /** Only those with this text in a name or code of theirs, accents and case ignored; 100 characters at most. */
  search?: string | null | undefined;
};

/** The order of a list of countries; ties fall back to the name. */
export type CountryOrder =
  /** By the newsroom's style name, accents and case ignored. */
  | 'NAME'
  /** By status in the order AGREED, ASKED, DECLINED, ENDED, none. */
  | 'STATUS'
  /** The most recently changed first. */
  | 'LAST_CHANGE';

/** The kind of a development. */
export type DevelopmentKind =
  /** The country was asked, or is to be asked. Sets the status ASKED. */
  | 'ASK'
  /** Talks are held or planned. Leaves the status as it is. */
  | 'TALKS'
  /** The country said no. Sets the status DECLINED. */
  | 'REFUSAL'
  /** The country agreed. Sets the status AGREED. */
  | 'AGREEMENT'
  /** Money was paid or promised. Leaves the status as it is. */
  | 'PAYMENT'
  /** People were moved. Leaves the status as it is. */
  | 'TRANSFER'
  /** A court ordered something. Leaves the status as it is. */
  | 'COURT_ORDER'
  /** A party disputes another development. Leaves the status as it is, and marks what it disputes. */
  | 'DENIAL'
  /** An agreement ended. Sets the status ENDED. */
  | 'TERMINATION';

/** How far a revision has come. */
export type DevelopmentState =
  /** Being written; seen by staff only. */
  | 'DRAFT'
  /** Handed to an editor for a decision; seen by staff only. */
  | 'IN_REVIEW'
  /** Goes before readers by itself at its moment; seen by staff only until then. */
  | 'SCHEDULED'
  /** Before readers, or was before a later revision took its place. */
  | 'PUBLISHED'
  /** Replaced by a later revision before it was published; seen by staff only. */
  | 'SUPERSEDED'
  /** Given up before it was published; seen by staff only. */
  | 'DISCARDED';

/** The number in the headline that a status counts towards. */
export type Headline =
  /** "Have been asked or will be asked." */
  | 'ASKED'
  /** "Have agreed." */
  | 'AGREED';

/**
 * A number of people, as exactly as the sources say: one of these, or `atLeast` and `atMost` together for a range. Never invent a
 * figure.
 */
export type PeopleInput = {
  /** Exactly this many. */
  exactly?: number | null | undefined;
  /** This many or more. */
  atLeast?: number | null | undefined;
  /** This many or fewer. */
  atMost?: number | null | undefined;
  /** About this many. */
  about?: number | null | undefined;
  /** The sources' words where they give no figure, such as "dozens"; 100 characters at most. */
  describedAs?: string | null | undefined;
};

/** What is wrong with an entry, as a code that programs can rely on. */
export type ProblemCode =
  /** A required value is missing or blank. */
  | 'REQUIRED'
  /** The value is not written in the form that its field takes. */
  | 'MALFORMED'
  /** The value names something that does not exist. */
  | 'NOT_FOUND'
  /** A date lies in the future. */
  | 'FUTURE_DATE'
  /** A number, a date or an amount lies outside its allowed range. */
  | 'OUT_OF_RANGE'
  /** A text or list is longer than its limit. */
  | 'TOO_LONG'
  /** A text is shorter than it has to be. */
  | 'TOO_SHORT'
  /** Values that exclude each other were given together, or one was given where its kind has none. */
  | 'CONTRADICTION'
  /** A Denial disputes a development of another country. */
  | 'OTHER_COUNTRY'
  /** Somebody changed it in the meantime: `expectedRevision` is no longer the newest. */
  | 'CONFLICT'
  /** What is asked can't be done to it as it stands: it is published already, retracted, or not waiting for review. */
  | 'WRONG_STATE'
  /** Another person has to do this: who wrote it may not publish it. */
  | 'NEEDS_SECOND_PERSON'
  /** E-mail address and password do not go together, or the account may not be used. */
  | 'WRONG_CREDENTIALS'
  /** There is an account with this e-mail address already. */
  | 'ALREADY_EXISTS'
  /** Somebody has to be left who may do this. */
  | 'LAST_ADMIN'
  /** The idempotency key was used before, with another input. */
  | 'IDEMPOTENCY_KEY_REUSED';

/** An agreement to record. */
export type RecordAgreementInput = {
  /** The country that it happened to: its ISO 3166-1 alpha-2 code, or XK for Kosovo. */
  country: string;
  /** True: readers see it at once; needs the role EDITOR. False, null or left out: a draft that staff see. */
  publish?: boolean | null | undefined;
  /** The moment at which it goes before readers by itself, within a year; needs the role EDITOR. Until then only staff see it. */
  publishAt?: string | null | undefined;
  /** Your own name for this call, 200 characters at most: sent again with the same input it writes nothing and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** True: everything is checked, nothing is written, and the answer says where country and tally would stand. */
  dryRun?: boolean | null | undefined;
  /**
   * When it happened, as EDTF (ISO 8601-2): `2025-03-12`, `2025-03`, `2025-21` for spring 2025, `2025`, with `~` when approximate
   * and `?` when uncertain. Null when not known. Not in the future.
   */
  occurred?: string | null | undefined;
  /** What happened, in a sentence or two; 500 characters at most. */
  summary: string;
  /** The sources that stand behind it, 20 at most; none only where it is not to be published yet. */
  citations: Array<CitationInput>;
  /** False where it must not set the country's status although its kind does; readers can see that. Null: true. */
  affectsStatus?: boolean | null | undefined;
  /** How many people it agreed to take. Null when the sources do not say. */
  people?: PeopleInput | null | undefined;
  /** On what terms, in your own words; 4,000 characters at most. Null when the sources do not say. */
  terms?: string | null | undefined;
  /** The form that the agreement takes. Null when the sources do not say. */
  form?: AgreementForm | null | undefined;
};

/** Why a revision came before readers. */
export type RevisionCause =
  /** It is the first that readers saw. */
  | 'FIRST_PUBLICATION'
  /** It corrects the one before. */
  | 'CORRECTION'
  /** It retracts the development, which stays in the record, marked. */
  | 'RETRACTION';

/** A source given inline. One that is equal to a stored source in every part is stored once. */
export type SourceInput = {
  /** What the source is. */
  kind: SourceKind;
  /** Who published or issued it; 200 characters at most. Null when not known. */
  publisher?: string | null | undefined;
  /** Its title, or what it is in a few words; 300 characters at most. */
  title: string;
  /** Where it can be read: an absolute `http` or `https` address; 2,000 characters at most. Null when it is not online. */
  url?: string | null | undefined;
  /** A copy of it in a web archive; like `url`. */
  archivedUrl?: string | null | undefined;
  /** How readers are told where it comes from, where publisher and title do not say it; 300 characters at most. */
  attribution?: string | null | undefined;
  /** When it was published, as EDTF. Null when not known. */
  publishedOn?: string | null | undefined;
  /** True: readers are told its attribution and nothing else, and its date counts for no rule. Null: false. */
  confidential?: boolean | null | undefined;
  /** A note to colleagues: who it is, how it was checked; 4,000 characters at most. Readers never see it. */
  confidentialNote?: string | null | undefined;
};

/** What a source is. */
export type SourceKind =
  /** A diplomatic cable. */
  | 'CABLE'
  /** A document of a government or another body, other than a cable or a court filing. */
  | 'DOCUMENT'
  /** A filing with, or a ruling of, a court. */
  | 'COURT_FILING'
  /** A public statement by a party: a speech, a press release, a post. */
  | 'STATEMENT'
  /** An interview with a person who knows. */
  | 'INTERVIEW'
  /** A report by a news organisation. */
  | 'NEWS_REPORT'
  /** Anything else; the title says what. */
  | 'OTHER';

/** Where a country stands. */
export type StatusCode =
  /** Has been asked or will be asked. */
  | 'ASKED'
  /** Has said no; still counts among those asked. */
  | 'DECLINED'
  /** Has agreed. */
  | 'AGREED'
  /** Had agreed, and the agreement ended. */
  | 'ENDED';

export type CountryPageQueryVariables = Exact<{
  code: string;
  after?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type CountryPageQuery = { country: { code: string, name: string, isoName: string, otherNames: Array<string>, tracked: boolean, disputed: boolean, region: { name: string } | null, subregion: { name: string } | null, status: { code: StatusCode, label: string, definition: string } | null, statusSince: { edtf: string | null, label: string } | null, developments: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<
        | { __typename: 'Agreement', terms: string | null, form: AgreementForm | null, id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, people: { label: string } | null, occurred: { edtf: string | null, label: string }, denials: Array<
            | { id: string }
            | { id: string }
            | { id: string }
            | { deniedBy: string, id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
          >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> }
        | { __typename: 'Ask', stage: AskStage | null, id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, people: { label: string } | null, occurred: { edtf: string | null, label: string }, denials: Array<
            | { id: string }
            | { id: string }
            | { id: string }
            | { deniedBy: string, id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
          >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> }
        | { __typename: 'CourtOrder', court: string | null, id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, occurred: { edtf: string | null, label: string }, denials: Array<
            | { id: string }
            | { id: string }
            | { id: string }
            | { deniedBy: string, id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
          >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> }
        | { __typename: 'Denial', deniedBy: string, id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, disputes:
            | { id: string, summary: string }
            | { id: string, summary: string }
            | { id: string, summary: string }
            | { id: string, summary: string }
            | { id: string, summary: string }
            | { id: string, summary: string }
            | { id: string, summary: string }
            | { id: string, summary: string }
            | { id: string, summary: string }
           | null, occurred: { edtf: string | null, label: string }, denials: Array<
            | { id: string }
            | { id: string }
            | { id: string }
            | { deniedBy: string, id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
          >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> }
        | { __typename: 'Payment', id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, amount: { label: string } | null, people: { label: string } | null, nationalities: Array<{ code: string, name: string }>, occurred: { edtf: string | null, label: string }, denials: Array<
            | { id: string }
            | { id: string }
            | { id: string }
            | { deniedBy: string, id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
          >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> }
        | { __typename: 'Refusal', id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, occurred: { edtf: string | null, label: string }, denials: Array<
            | { id: string }
            | { id: string }
            | { id: string }
            | { deniedBy: string, id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
          >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> }
        | { __typename: 'Talks', id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, occurred: { edtf: string | null, label: string }, denials: Array<
            | { id: string }
            | { id: string }
            | { id: string }
            | { deniedBy: string, id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
          >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> }
        | { __typename: 'Termination', endedBy: string | null, id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, occurred: { edtf: string | null, label: string }, denials: Array<
            | { id: string }
            | { id: string }
            | { id: string }
            | { deniedBy: string, id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
          >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> }
        | { __typename: 'Transfer', id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, people: { label: string } | null, nationalities: Array<{ code: string, name: string }>, occurred: { edtf: string | null, label: string }, denials: Array<
            | { id: string }
            | { id: string }
            | { id: string }
            | { deniedBy: string, id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
          >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> }
      > } } | null, changes: { pageInfo: { endCursor: string | null }, nodes: Array<{ at: string }> }, beginning: { nodes: Array<{ at: string }> } };

export type CountryChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type CountryChangesSubscription = { changes: { cursor: string, position: number, country: { code: string, name: string } | null, development:
      | { summary: string }
      | { summary: string }
      | { summary: string }
      | { summary: string }
      | { summary: string }
      | { summary: string }
      | { summary: string }
      | { summary: string }
      | { summary: string }
     | null } };

type Told_Agreement_Fragment = { __typename: 'Agreement', terms: string | null, form: AgreementForm | null, id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, people: { label: string } | null, occurred: { edtf: string | null, label: string }, denials: Array<
    | { id: string }
    | { id: string }
    | { id: string }
    | { deniedBy: string, id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
  >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> };

type Told_Ask_Fragment = { __typename: 'Ask', stage: AskStage | null, id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, people: { label: string } | null, occurred: { edtf: string | null, label: string }, denials: Array<
    | { id: string }
    | { id: string }
    | { id: string }
    | { deniedBy: string, id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
  >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> };

type Told_CourtOrder_Fragment = { __typename: 'CourtOrder', court: string | null, id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, occurred: { edtf: string | null, label: string }, denials: Array<
    | { id: string }
    | { id: string }
    | { id: string }
    | { deniedBy: string, id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
  >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> };

type Told_Denial_Fragment = { __typename: 'Denial', deniedBy: string, id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, disputes:
    | { id: string, summary: string }
    | { id: string, summary: string }
    | { id: string, summary: string }
    | { id: string, summary: string }
    | { id: string, summary: string }
    | { id: string, summary: string }
    | { id: string, summary: string }
    | { id: string, summary: string }
    | { id: string, summary: string }
   | null, occurred: { edtf: string | null, label: string }, denials: Array<
    | { id: string }
    | { id: string }
    | { id: string }
    | { deniedBy: string, id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
  >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> };

type Told_Payment_Fragment = { __typename: 'Payment', id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, amount: { label: string } | null, people: { label: string } | null, nationalities: Array<{ code: string, name: string }>, occurred: { edtf: string | null, label: string }, denials: Array<
    | { id: string }
    | { id: string }
    | { id: string }
    | { deniedBy: string, id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
  >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> };

type Told_Refusal_Fragment = { __typename: 'Refusal', id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, occurred: { edtf: string | null, label: string }, denials: Array<
    | { id: string }
    | { id: string }
    | { id: string }
    | { deniedBy: string, id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
  >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> };

type Told_Talks_Fragment = { __typename: 'Talks', id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, occurred: { edtf: string | null, label: string }, denials: Array<
    | { id: string }
    | { id: string }
    | { id: string }
    | { deniedBy: string, id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
  >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> };

type Told_Termination_Fragment = { __typename: 'Termination', endedBy: string | null, id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, occurred: { edtf: string | null, label: string }, denials: Array<
    | { id: string }
    | { id: string }
    | { id: string }
    | { deniedBy: string, id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
  >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> };

type Told_Transfer_Fragment = { __typename: 'Transfer', id: string, kind: DevelopmentKind, summary: string, affectsStatus: boolean, publishedAt: string | null, corrected: boolean, retracted: boolean, disputed: boolean, people: { label: string } | null, nationalities: Array<{ code: string, name: string }>, occurred: { edtf: string | null, label: string }, denials: Array<
    | { id: string }
    | { id: string }
    | { id: string }
    | { deniedBy: string, id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
  >, citations: Array<{ locator: string | null, quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, archivedUrl: string | null, attribution: string | null, publishedOn: { edtf: string | null, label: string } | null } }>, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> }> };

export type ToldFragment =
  | Told_Agreement_Fragment
  | Told_Ask_Fragment
  | Told_CourtOrder_Fragment
  | Told_Denial_Fragment
  | Told_Payment_Fragment
  | Told_Refusal_Fragment
  | Told_Talks_Fragment
  | Told_Termination_Fragment
  | Told_Transfer_Fragment
;

export type EmbedPageQueryVariables = Exact<{ [key: string]: never; }>;


export type EmbedPageQuery = { tally: { total: number, asked: number, agreed: number, byStatus: Array<{ count: number, status: { code: StatusCode, label: string } }> }, countries: { nodes: Array<{ code: string, name: string, status: { code: StatusCode, label: string } | null }> }, changes: { pageInfo: { endCursor: string | null } } };

export type EmbedChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type EmbedChangesSubscription = { changes: { cursor: string, kind: ChangeKind, country: { code: string, name: string, tracked: boolean, status: { code: StatusCode, label: string } | null } | null, tally: { total: number, asked: number, agreed: number, byStatus: Array<{ count: number, status: { code: StatusCode, label: string } }> } } };

export type BoardQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: CountryFilter | null | undefined;
  asOf?: string | null | undefined;
}>;


export type BoardQuery = { countries: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, code: string, name: string, disputed: boolean, region: { name: string } | null, status: { code: StatusCode, label: string } | null, statusSince: { edtf: string | null, label: string } | null, latestDevelopment:
        | { __typename: 'Agreement', id: string, summary: string, occurred: { edtf: string | null, earliest: string | null, latest: string | null, label: string } }
        | { __typename: 'Ask', id: string, summary: string, occurred: { edtf: string | null, earliest: string | null, latest: string | null, label: string } }
        | { __typename: 'CourtOrder', id: string, summary: string, occurred: { edtf: string | null, earliest: string | null, latest: string | null, label: string } }
        | { __typename: 'Denial', id: string, summary: string, occurred: { edtf: string | null, earliest: string | null, latest: string | null, label: string } }
        | { __typename: 'Payment', id: string, summary: string, occurred: { edtf: string | null, earliest: string | null, latest: string | null, label: string } }
        | { __typename: 'Refusal', id: string, summary: string, occurred: { edtf: string | null, earliest: string | null, latest: string | null, label: string } }
        | { __typename: 'Talks', id: string, summary: string, occurred: { edtf: string | null, earliest: string | null, latest: string | null, label: string } }
        | { __typename: 'Termination', id: string, summary: string, occurred: { edtf: string | null, earliest: string | null, latest: string | null, label: string } }
        | { __typename: 'Transfer', id: string, summary: string, occurred: { edtf: string | null, earliest: string | null, latest: string | null, label: string } }
       | null }> } };

export type ChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  filter?: ChangeFilter | null | undefined;
}>;


export type ChangesSubscription = { changes: { cursor: string, kind: ChangeKind, at: string, country: { code: string, name: string } | null, statusBefore: { code: StatusCode } | null, statusAfter: { code: StatusCode } | null, development:
      | { __typename: 'Agreement', id: string, summary: string }
      | { __typename: 'Ask', id: string, summary: string }
      | { __typename: 'CourtOrder', id: string, summary: string }
      | { __typename: 'Denial', id: string, summary: string }
      | { __typename: 'Payment', id: string, summary: string }
      | { __typename: 'Refusal', id: string, summary: string }
      | { __typename: 'Talks', id: string, summary: string }
      | { __typename: 'Termination', id: string, summary: string }
      | { __typename: 'Transfer', id: string, summary: string }
     | null, tally: { total: number, asked: number, agreed: number } } };

export type CountryQueryVariables = Exact<{
  code: string;
}>;


export type CountryQuery = { country: { name: string, status: { code: StatusCode } | null, developments: { totalCount: number, nodes: Array<
        | { __typename: 'Agreement', terms: string | null, id: string, summary: string, publishedAt: string | null, revision: number, corrected: boolean, retracted: boolean, disputed: boolean, people: { atMost: number | null, label: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, attribution: string | null, publishedOn: { edtf: string | null } | null } }> }
        | { __typename: 'Ask', id: string, summary: string, publishedAt: string | null, revision: number, corrected: boolean, retracted: boolean, disputed: boolean, occurred: { edtf: string | null, label: string }, citations: Array<{ quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, attribution: string | null, publishedOn: { edtf: string | null } | null } }> }
        | { __typename: 'CourtOrder', id: string, summary: string, publishedAt: string | null, revision: number, corrected: boolean, retracted: boolean, disputed: boolean, occurred: { edtf: string | null, label: string }, citations: Array<{ quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, attribution: string | null, publishedOn: { edtf: string | null } | null } }> }
        | { __typename: 'Denial', deniedBy: string, id: string, summary: string, publishedAt: string | null, revision: number, corrected: boolean, retracted: boolean, disputed: boolean, disputes:
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
           | null, occurred: { edtf: string | null, label: string }, citations: Array<{ quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, attribution: string | null, publishedOn: { edtf: string | null } | null } }> }
        | { __typename: 'Payment', id: string, summary: string, publishedAt: string | null, revision: number, corrected: boolean, retracted: boolean, disputed: boolean, amount: { value: string, currency: string } | null, people: { exactly: number | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, occurred: { edtf: string | null, label: string }, citations: Array<{ quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, attribution: string | null, publishedOn: { edtf: string | null } | null } }> }
        | { __typename: 'Refusal', id: string, summary: string, publishedAt: string | null, revision: number, corrected: boolean, retracted: boolean, disputed: boolean, occurred: { edtf: string | null, label: string }, citations: Array<{ quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, attribution: string | null, publishedOn: { edtf: string | null } | null } }> }
        | { __typename: 'Talks', id: string, summary: string, publishedAt: string | null, revision: number, corrected: boolean, retracted: boolean, disputed: boolean, occurred: { edtf: string | null, label: string }, citations: Array<{ quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, attribution: string | null, publishedOn: { edtf: string | null } | null } }> }
        | { __typename: 'Termination', id: string, summary: string, publishedAt: string | null, revision: number, corrected: boolean, retracted: boolean, disputed: boolean, occurred: { edtf: string | null, label: string }, citations: Array<{ quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, attribution: string | null, publishedOn: { edtf: string | null } | null } }> }
        | { __typename: 'Transfer', id: string, summary: string, publishedAt: string | null, revision: number, corrected: boolean, retracted: boolean, disputed: boolean, people: { exactly: number | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, occurred: { edtf: string | null, label: string }, citations: Array<{ quote: string | null, source: { kind: SourceKind, publisher: string | null, title: string, url: string | null, attribution: string | null, publishedOn: { edtf: string | null } | null } }> }
      > } } | null };

export type RecordAgreementMutationVariables = Exact<{
  input: RecordAgreementInput;
}>;


export type RecordAgreementMutation = { recordAgreement: { development:
      | { id: string, revision: number, state: DevelopmentState }
      | { id: string, revision: number, state: DevelopmentState }
      | { id: string, revision: number, state: DevelopmentState }
      | { id: string, revision: number, state: DevelopmentState }
      | { id: string, revision: number, state: DevelopmentState }
      | { id: string, revision: number, state: DevelopmentState }
      | { id: string, revision: number, state: DevelopmentState }
      | { id: string, revision: number, state: DevelopmentState }
      | { id: string, revision: number, state: DevelopmentState }
     | null, country: { code: string, status: { code: StatusCode } | null } | null, tally: { total: number, asked: number, agreed: number } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type TallyQueryVariables = Exact<{ [key: string]: never; }>;


export type TallyQuery = { tally: { total: number, asked: number, agreed: number, byStatus: Array<{ count: number, status: { code: StatusCode, label: string, definition: string, headline: Headline | null } }> } };

export type TallyNowSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type TallyNowSubscription = { tally: { total: number, asked: number, agreed: number } };

export type TrackerPageQueryVariables = Exact<{
  asOf?: string | null | undefined;
  filter?: CountryFilter | null | undefined;
  orderBy?: CountryOrder | null | undefined;
}>;


export type TrackerPageQuery = { tally: { total: number, asked: number, agreed: number, byStatus: Array<{ count: number, status: { code: StatusCode, label: string, definition: string } }> }, countries: { nodes: Array<{ code: string, alpha3: string, name: string, isoName: string, otherNames: Array<string>, tracked: boolean, disputed: boolean, region: { code: string, name: string } | null, subregion: { code: string, name: string } | null, status: { code: StatusCode, label: string } | null, statusSince: { edtf: string | null, latest: string | null, label: string } | null, latestDevelopment:
        | { summary: string, occurred: { label: string } }
        | { summary: string, occurred: { label: string } }
        | { summary: string, occurred: { label: string } }
        | { summary: string, occurred: { label: string } }
        | { summary: string, occurred: { label: string } }
        | { summary: string, occurred: { label: string } }
        | { summary: string, occurred: { label: string } }
        | { summary: string, occurred: { label: string } }
        | { summary: string, occurred: { label: string } }
       | null }> }, recent: { nodes: Array<{ code: string }> }, listed: { nodes: Array<{ code: string }> }, changes: { pageInfo: { endCursor: string | null }, nodes: Array<{ position: number, kind: ChangeKind, at: string, country: { code: string, name: string } | null, statusBefore: { code: StatusCode, label: string } | null, statusAfter: { code: StatusCode, label: string } | null, development:
        | { kind: DevelopmentKind, summary: string }
        | { kind: DevelopmentKind, summary: string }
        | { kind: DevelopmentKind, summary: string }
        | { kind: DevelopmentKind, summary: string }
        | { kind: DevelopmentKind, summary: string }
        | { kind: DevelopmentKind, summary: string }
        | { kind: DevelopmentKind, summary: string }
        | { kind: DevelopmentKind, summary: string }
        | { kind: DevelopmentKind, summary: string }
       | null, revision: { note: string | null } | null }> }, beginning: { nodes: Array<{ at: string }> } };

export type TrackerChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type TrackerChangesSubscription = { changes: { cursor: string, position: number, kind: ChangeKind, at: string, country: { code: string, name: string, alpha3: string, isoName: string, otherNames: Array<string>, tracked: boolean, disputed: boolean, region: { code: string, name: string } | null, subregion: { code: string, name: string } | null, status: { code: StatusCode, label: string } | null, statusSince: { edtf: string | null, latest: string | null, label: string } | null, latestDevelopment:
        | { summary: string, occurred: { label: string } }
        | { summary: string, occurred: { label: string } }
        | { summary: string, occurred: { label: string } }
        | { summary: string, occurred: { label: string } }
        | { summary: string, occurred: { label: string } }
        | { summary: string, occurred: { label: string } }
        | { summary: string, occurred: { label: string } }
        | { summary: string, occurred: { label: string } }
        | { summary: string, occurred: { label: string } }
       | null } | null, tally: { total: number, asked: number, agreed: number, byStatus: Array<{ count: number, status: { code: StatusCode, label: string, definition: string } }> }, statusBefore: { code: StatusCode, label: string } | null, statusAfter: { code: StatusCode, label: string } | null, development:
      | { kind: DevelopmentKind, summary: string }
      | { kind: DevelopmentKind, summary: string }
      | { kind: DevelopmentKind, summary: string }
      | { kind: DevelopmentKind, summary: string }
      | { kind: DevelopmentKind, summary: string }
      | { kind: DevelopmentKind, summary: string }
      | { kind: DevelopmentKind, summary: string }
      | { kind: DevelopmentKind, summary: string }
      | { kind: DevelopmentKind, summary: string }
     | null, revision: { note: string | null } | null } };

export type NumbersFragment = { total: number, asked: number, agreed: number, byStatus: Array<{ count: number, status: { code: StatusCode, label: string, definition: string } }> };

export type EntryFragment = { code: string, alpha3: string, name: string, isoName: string, otherNames: Array<string>, tracked: boolean, disputed: boolean, region: { code: string, name: string } | null, subregion: { code: string, name: string } | null, status: { code: StatusCode, label: string } | null, statusSince: { edtf: string | null, latest: string | null, label: string } | null, latestDevelopment:
    | { summary: string, occurred: { label: string } }
    | { summary: string, occurred: { label: string } }
    | { summary: string, occurred: { label: string } }
    | { summary: string, occurred: { label: string } }
    | { summary: string, occurred: { label: string } }
    | { summary: string, occurred: { label: string } }
    | { summary: string, occurred: { label: string } }
    | { summary: string, occurred: { label: string } }
    | { summary: string, occurred: { label: string } }
   | null };

export type LineFragment = { position: number, kind: ChangeKind, at: string, country: { code: string, name: string } | null, statusBefore: { code: StatusCode, label: string } | null, statusAfter: { code: StatusCode, label: string } | null, development:
    | { kind: DevelopmentKind, summary: string }
    | { kind: DevelopmentKind, summary: string }
    | { kind: DevelopmentKind, summary: string }
    | { kind: DevelopmentKind, summary: string }
    | { kind: DevelopmentKind, summary: string }
    | { kind: DevelopmentKind, summary: string }
    | { kind: DevelopmentKind, summary: string }
    | { kind: DevelopmentKind, summary: string }
    | { kind: DevelopmentKind, summary: string }
   | null, revision: { note: string | null } | null };

export const CountryPage: Document<CountryPageQuery, CountryPageQueryVariables> = `query CountryPage($code: CountryCode!, $after: String, $asOf: DateTime) {
  country(code: $code, asOf: $asOf) {
    code
    name
    isoName
    otherNames
    tracked
    region {
      name
    }
    subregion {
      name
    }
    status {
      code
      label
      definition
    }
    statusSince {
      edtf
      label
    }
    disputed
    developments(first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...Told
      }
    }
  }
  changes(last: 1) {
    pageInfo {
      endCursor
    }
    nodes {
      at
    }
  }
  beginning: changes(first: 1) {
    nodes {
      at
    }
  }
}

fragment Told on Development {
  __typename
  id
  kind
  summary
  occurred {
    edtf
    label
  }
  affectsStatus
  publishedAt
  corrected
  retracted
  disputed
  denials {
    id
    ... on Denial {
      deniedBy
    }
  }
  citations {
    locator
    quote
    source {
      kind
      publisher
      title
      url
      archivedUrl
      attribution
      publishedOn {
        edtf
        label
      }
    }
  }
  revisions {
    number
    cause
    note
    minor
    shownFrom
    changes {
      field
      before
      after
    }
  }
  ... on Ask {
    stage
    people {
      label
    }
  }
  ... on Agreement {
    people {
      label
    }
    terms
    form
  }
  ... on Payment {
    amount {
      label
    }
    people {
      label
    }
    nationalities {
      code
      name
    }
  }
  ... on Transfer {
    people {
      label
    }
    nationalities {
      code
      name
    }
  }
  ... on CourtOrder {
    court
  }
  ... on Denial {
    deniedBy
    disputes {
      id
      summary
    }
  }
  ... on Termination {
    endedBy
  }
}`;

export const CountryChanges: Document<CountryChangesSubscription, CountryChangesSubscriptionVariables> = `subscription CountryChanges($after: String) {
  changes(after: $after) {
    cursor
    position
    country {
      code
      name
    }
    development {
      summary
    }
  }
}`;

export const EmbedPage: Document<EmbedPageQuery, EmbedPageQueryVariables> = `query EmbedPage {
  tally {
    total
    asked
    agreed
    byStatus {
      count
      status {
        code
        label
      }
    }
  }
  countries(first: 250) {
    nodes {
      code
      name
      status {
        code
        label
      }
    }
  }
  changes(last: 1) {
    pageInfo {
      endCursor
    }
  }
}`;

export const EmbedChanges: Document<EmbedChangesSubscription, EmbedChangesSubscriptionVariables> = `subscription EmbedChanges($after: String) {
  changes(after: $after) {
    cursor
    kind
    country {
      code
      name
      tracked
      status {
        code
        label
      }
    }
    tally {
      total
      asked
      agreed
      byStatus {
        count
        status {
          code
          label
        }
      }
    }
  }
}`;

export const Board: Document<BoardQuery, BoardQueryVariables> = `query Board($first: Int, $after: String, $filter: CountryFilter, $asOf: DateTime) {
  countries(first: $first, after: $after, filter: $filter, asOf: $asOf) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      code
      name
      region {
        name
      }
      status {
        code
        label
      }
      statusSince {
        edtf
        label
      }
      disputed
      latestDevelopment {
        __typename
        id
        summary
        occurred {
          edtf
          earliest
          latest
          label
        }
      }
    }
  }
}`;

export const Changes: Document<ChangesSubscription, ChangesSubscriptionVariables> = `subscription Changes($after: String, $filter: ChangeFilter) {
  changes(after: $after, filter: $filter) {
    cursor
    kind
    at
    country {
      code
      name
    }
    statusBefore {
      code
    }
    statusAfter {
      code
    }
    development {
      id
      __typename
      summary
    }
    tally {
      total
      asked
      agreed
    }
  }
}`;

export const Country: Document<CountryQuery, CountryQueryVariables> = `query Country($code: CountryCode!) {
  country(code: $code) {
    name
    status {
      code
    }
    developments(first: 20) {
      totalCount
      nodes {
        __typename
        id
        summary
        occurred {
          edtf
          label
        }
        publishedAt
        revision
        corrected
        retracted
        disputed
        citations {
          quote
          source {
            kind
            publisher
            title
            url
            attribution
            publishedOn {
              edtf
            }
          }
        }
        ... on Agreement {
          people {
            atMost
            label
          }
          terms
        }
        ... on Payment {
          amount {
            value
            currency
          }
          people {
            exactly
            label
          }
          nationalities {
            code
            name
          }
        }
        ... on Transfer {
          people {
            exactly
            label
          }
          nationalities {
            code
            name
          }
        }
        ... on Denial {
          disputes {
            id
          }
          deniedBy
        }
      }
    }
  }
}`;

export const RecordAgreement: Document<RecordAgreementMutation, RecordAgreementMutationVariables> = `mutation RecordAgreement($input: RecordAgreementInput!) {
  recordAgreement(input: $input) {
    development {
      id
      revision
      state
    }
    country {
      code
      status {
        code
      }
    }
    tally {
      total
      asked
      agreed
    }
    userErrors {
      code
      field
      message
    }
  }
}`;

export const Tally: Document<TallyQuery, TallyQueryVariables> = `query Tally {
  tally {
    total
    asked
    agreed
    byStatus {
      count
      status {
        code
        label
        definition
        headline
      }
    }
  }
}`;

export const TallyNow: Document<TallyNowSubscription, TallyNowSubscriptionVariables> = `subscription TallyNow {
  tally {
    total
    asked
    agreed
  }
}`;

export const TrackerPage: Document<TrackerPageQuery, TrackerPageQueryVariables> = `query TrackerPage($asOf: DateTime, $filter: CountryFilter, $orderBy: CountryOrder) {
  tally(asOf: $asOf) {
    ...Numbers
  }
  countries(first: 250, asOf: $asOf) {
    nodes {
      ...Entry
    }
  }
  recent: countries(first: 250, asOf: $asOf, orderBy: LAST_CHANGE) {
    nodes {
      code
    }
  }
  listed: countries(first: 250, asOf: $asOf, filter: $filter, orderBy: $orderBy) {
    nodes {
      code
    }
  }
  changes(last: 8) {
    pageInfo {
      endCursor
    }
    nodes {
      ...Line
    }
  }
  beginning: changes(first: 1) {
    nodes {
      at
    }
  }
}

fragment Numbers on Tally {
  total
  asked
  agreed
  byStatus {
    count
    status {
      code
      label
      definition
    }
  }
}

fragment Entry on Country {
  code
  alpha3
  name
  isoName
  otherNames
  tracked
  region {
    code
    name
  }
  subregion {
    code
    name
  }
  status {
    code
    label
  }
  statusSince {
    edtf
    latest
    label
  }
  disputed
  latestDevelopment {
    summary
    occurred {
      label
    }
  }
}

fragment Line on Change {
  position
  kind
  at
  country {
    code
    name
  }
  statusBefore {
    code
    label
  }
  statusAfter {
    code
    label
  }
  development {
    kind
    summary
  }
  revision {
    note
  }
}`;

export const TrackerChanges: Document<TrackerChangesSubscription, TrackerChangesSubscriptionVariables> = `subscription TrackerChanges($after: String) {
  changes(after: $after) {
    cursor
    ...Line
    country {
      ...Entry
    }
    tally {
      ...Numbers
    }
  }
}

fragment Numbers on Tally {
  total
  asked
  agreed
  byStatus {
    count
    status {
      code
      label
      definition
    }
  }
}

fragment Entry on Country {
  code
  alpha3
  name
  isoName
  otherNames
  tracked
  region {
    code
    name
  }
  subregion {
    code
    name
  }
  status {
    code
    label
  }
  statusSince {
    edtf
    latest
    label
  }
  disputed
  latestDevelopment {
    summary
    occurred {
      label
    }
  }
}

fragment Line on Change {
  position
  kind
  at
  country {
    code
    name
  }
  statusBefore {
    code
    label
  }
  statusAfter {
    code
    label
  }
  development {
    kind
    summary
  }
  revision {
    note
  }
}`;
