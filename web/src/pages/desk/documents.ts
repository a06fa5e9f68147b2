// Written by `npm run documents`, out of schema.graphql and the .graphql files beside the pages.

import type { Document } from '../../lib/api/request.ts';

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Which account. */
export type AccountInput = {
  /** Its e-mail address, in whatever letters. */
  email: string;
};

/** An act of staff, of a token, or of the tracker itself. */
export type Act =
  /** Recorded a development. */
  | 'RECORD'
  /** Saved a new revision of a working copy. */
  | 'SAVE'
  /** Handed a working copy to an editor for a decision. */
  | 'SUBMIT'
  /** Returned a working copy to its author, with a reason. */
  | 'RETURN'
  /** Published a working copy; the tracker itself does it when an embargo ends. */
  | 'PUBLISH'
  /** Set the moment at which a working copy goes before readers. */
  | 'SCHEDULE'
  /** Took that moment back. */
  | 'UNSCHEDULE'
  /** Corrected what is published. */
  | 'CORRECT'
  /** Retracted what is published. */
  | 'RETRACT'
  /** Gave a working copy up. */
  | 'DISCARD'
  /** Said something to colleagues about a development. */
  | 'COMMENT'
  /** Stored a source. */
  | 'ADD_SOURCE'
  /** Changed what is said of a source. */
  | 'REVISE_SOURCE'
  /** Loaded countries from a file. */
  | 'IMPORT'
  /** Made an API token. */
  | 'CREATE_TOKEN'
  /** Ended an API token. */
  | 'REVOKE_TOKEN'
  /** Invited a person. */
  | 'INVITE'
  /** Made a link by which a person sets a new password. */
  | 'MAKE_LINK'
  /** Gave a person another role. */
  | 'SET_ROLE'
  /** Ended a person's access. */
  | 'DEACTIVATE'
  /** Gave a person access again. */
  | 'REACTIVATE'
  /** Signed in. */
  | 'SIGN_IN'
  /** Signed out, in one browser or in all; or signed another person out. */
  | 'SIGN_OUT'
  /** Set a new password. */
  | 'SET_PASSWORD'
  /** Added a webhook. */
  | 'ADD_WEBHOOK'
  /** Changed a webhook, or put it to use again. */
  | 'REVISE_WEBHOOK'
  /** Removed a webhook; its log stays. */
  | 'REMOVE_WEBHOOK'
  /** Gave a webhook a new secret. */
  | 'ROTATE_WEBHOOK_SECRET'
  /** Sent a webhook a test. */
  | 'PING_WEBHOOK'
  /** Had something delivered to a webhook anew. */
  | 'REDELIVER'
  /** Took a webhook out of use; the tracker itself does it when nothing can be delivered. */
  | 'DISABLE_WEBHOOK'
  /** Signed in by single sign-on. */
  | 'SINGLE_SIGN_ON'
  /** Got an account with the first sign-in by single sign-on. */
  | 'JOIN'
  /** Signed in by single sign-on for the first time, to the account that there was with the same e-mail address. */
  | 'LINK_IDENTITY'
  /** Took the way to sign in by single sign-on from an account. */
  | 'UNLINK_IDENTITY'
  /** Left the last admin their role, although what the provider says of them gives another. */
  | 'KEEP_ROLE'
  /** Did something that only a newer version of the tracker has a name for. */
  | 'OTHER';

/** What an agreement says. */
export type AgreementContentInput = {
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

/** What an ask says. */
export type AskContentInput = {
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
  /** Whether the country has been asked or is yet to be. Null when the sources do not say. */
  stage?: AskStage | null | undefined;
  /** How many people it is asked to take. Null when the sources do not say. */
  people?: PeopleInput | null | undefined;
};

/** How far an ask has come. */
export type AskStage =
  /** The country has been asked. */
  | 'ASKED'
  /** The U.S. plans to ask. */
  | 'TO_BE_ASKED';

/** Which entries of the audit log are wanted. Conditions that are left out or null admit all. */
export type AuditFilter = {
  /** Only acts upon this development, by its id. */
  development?: string | number | null | undefined;
  /** Only acts of these kinds. */
  acts?: Array<Act> | null | undefined;
  /** Only acts by the actor of this name. */
  actor?: string | null | undefined;
  /** Only acts at or after this instant. */
  since?: string | null | undefined;
  /** Only acts before this instant. */
  until?: string | null | undefined;
};

/** One's own password, and the next one. */
export type ChangePasswordInput = {
  /** The password as it is. */
  current: string;
  /** The new one: from 12 to 200 characters. */
  new: string;
};

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

/** Something to say to colleagues about a development. */
export type CommentInput = {
  /** The id of the development. */
  development: string | number;
  /** What to say; 4,000 characters at most. Readers never see it. */
  text: string;
  /** Your own name for this call, 200 characters at most: sent again with the same input it writes nothing and answers the same. */
  idempotencyKey?: string | null | undefined;
};

/** What a court order says. */
export type CourtOrderContentInput = {
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
  /** The court that ordered it; 200 characters at most. Null when the sources do not say. */
  court?: string | null | undefined;
};

/** A token that is to be made. */
export type CreateTokenInput = {
  /** Whose it is or what it is for; 100 characters at most. */
  name: string;
  /** What may be done with it. */
  role: Role;
  /** Until when it is good. Null: until it is revoked. */
  expiresAt?: string | null | undefined;
};

/** What a denial says. */
export type DenialContentInput = {
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
  /** The id of the development that it disputes: a published one of the same country. */
  disputes: string | number;
  /** Who disputes it; 200 characters at most. */
  deniedBy: string;
};

/** What a development says, all of it, under the name of its kind: exactly one of these. */
export type DevelopmentContentInput =
  {   /** What an ask says. */
  ask: AskContentInput; talks?: never; refusal?: never; agreement?: never; payment?: never; transfer?: never; courtOrder?: never; denial?: never; termination?: never; }
  |  { ask?: never;   /** What talks say. */
  talks: TalksContentInput; refusal?: never; agreement?: never; payment?: never; transfer?: never; courtOrder?: never; denial?: never; termination?: never; }
  |  { ask?: never; talks?: never;   /** What a refusal says. */
  refusal: RefusalContentInput; agreement?: never; payment?: never; transfer?: never; courtOrder?: never; denial?: never; termination?: never; }
  |  { ask?: never; talks?: never; refusal?: never;   /** What an agreement says. */
  agreement: AgreementContentInput; payment?: never; transfer?: never; courtOrder?: never; denial?: never; termination?: never; }
  |  { ask?: never; talks?: never; refusal?: never; agreement?: never;   /** What a payment says. */
  payment: PaymentContentInput; transfer?: never; courtOrder?: never; denial?: never; termination?: never; }
  |  { ask?: never; talks?: never; refusal?: never; agreement?: never; payment?: never;   /** What a transfer says. */
  transfer: TransferContentInput; courtOrder?: never; denial?: never; termination?: never; }
  |  { ask?: never; talks?: never; refusal?: never; agreement?: never; payment?: never; transfer?: never;   /** What a court order says. */
  courtOrder: CourtOrderContentInput; denial?: never; termination?: never; }
  |  { ask?: never; talks?: never; refusal?: never; agreement?: never; payment?: never; transfer?: never; courtOrder?: never;   /** What a denial says. */
  denial: DenialContentInput; termination?: never; }
  |  { ask?: never; talks?: never; refusal?: never; agreement?: never; payment?: never; transfer?: never; courtOrder?: never; denial?: never;   /** What a termination says. */
  termination: TerminationContentInput; };

/** Which developments are wanted. Conditions that are left out or null admit all. */
export type DevelopmentFilter = {
  /** Only those of one of these kinds. */
  kinds?: Array<DevelopmentKind> | null | undefined;
  /** Only those of one of these countries. */
  countries?: Array<string> | null | undefined;
  /** Only those that can have happened on or after this day. */
  occurredFrom?: string | null | undefined;
  /**
   * Only those that can have happened on or before this day. One without a date counts as having happened by the day on which
   * its earliest source was published.
   */
  occurredTo?: string | null | undefined;
  /** Only those that cite this source, by its id. */
  source?: string | number | null | undefined;
  /** Only those that a published denial disputes, or does not. */
  disputed?: boolean | null | undefined;
};

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

/** A working copy to give up. */
export type DiscardDraftInput = {
  /** The id of the development. */
  development: string | number;
  /**
   * The revision that you have before you: if it is no longer the newest, nothing is done, and you are told who changed
   * what.
   */
  expectedRevision: number;
  /**
   * Your own name for this call, 200 characters at most: sent again with the same input it writes nothing and answers the
   * same.
   */
  idempotencyKey?: string | null | undefined;
};

/** Many developments at once, as a desk keeps them in a spreadsheet. */
export type ImportDevelopmentsInput = {
  /**
   * The table as text: rows of CSV, or what a spreadsheet copies. The first row names the columns, in any order: `key`, `country`, `kind`,
   * `occurred`, `summary`, `affectsStatus`, `stage`, `peopleExactly`, `peopleAtLeast`, `peopleAtMost`, `peopleAbout`,
   * `peopleDescribedAs`, `nationalities`, `amount`, `currency`, `terms`, `form`, `court`, `disputes`, `deniedBy`, `endedBy`, `sourceId`, or
   * `sourceKind`, `publisher`, `title`, `url`, `archivedUrl`, `attribution`, `publishedOn`,
   * `confidential`, `confidentialNote`; `locator`, `quote`. Commas, semicolons or tabs
   * separate them. A row is a development; one that repeats the `key` of a row above adds a further source to it. 500 rows at most.
   */
  table: string;
  /** True: readers see them at once; needs the role EDITOR. False, null or left out: drafts that staff see. */
  publish?: boolean | null | undefined;
  /** True: everything is checked, nothing is written, and the answer says what would be added and where the tally would stand. */
  dryRun?: boolean | null | undefined;
};

/** What came of a row of a table. */
export type ImportOutcome =
  /** It was added; in a dry run, or where another row is wrong, it would be. */
  | 'ADDED'
  /** A development is there under its key, and stays as it is. */
  | 'ALREADY_THERE'
  /** Something is wrong with it: `userErrors` say what. */
  | 'WRONG';

/** Who is to be invited. */
export type InviteAccountInput = {
  /** Their e-mail address, 254 characters at most. */
  email: string;
  /** Their name, as colleagues are to read it; 100 characters at most. */
  name: string;
  /** What they may do. */
  role: Role;
};

/** An amount of money. */
export type MoneyInput = {
  /** The amount in the currency's major unit, as a decimal: `"100000"`. */
  value: string;
  /** The ISO 4217 code of the currency: `USD`. */
  currency: string;
};

/** What a payment says. */
export type PaymentContentInput = {
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
  /** How much was paid or promised. Null when the sources do not say. */
  amount?: MoneyInput | null | undefined;
  /** How many people it was paid for. Null when the sources do not say. */
  people?: PeopleInput | null | undefined;
  /** The citizenships of the people that it was paid for, as country codes, 50 at most. */
  nationalities?: Array<string> | null | undefined;
};

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

/** A working copy to publish. */
export type PublishInput = {
  /** The id of the development. */
  development: string | number;
  /**
   * The revision that you have before you: if it is no longer the newest, nothing is done, and you are told who changed
   * what.
   */
  expectedRevision: number;
  /**
   * Your own name for this call, 200 characters at most: sent again with the same input it writes nothing and answers the
   * same.
   */
  idempotencyKey?: string | null | undefined;
  /** True: everything is checked, nothing is written, and the answer says where country and tally would stand. */
  dryRun?: boolean | null | undefined;
};

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

/** An ask to record. */
export type RecordAskInput = {
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
  /** Whether the country has been asked or is yet to be. Null when the sources do not say. */
  stage?: AskStage | null | undefined;
  /** How many people it is asked to take. Null when the sources do not say. */
  people?: PeopleInput | null | undefined;
};

/** A court order to record. */
export type RecordCourtOrderInput = {
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
  /** The court that ordered it; 200 characters at most. Null when the sources do not say. */
  court?: string | null | undefined;
};

/** A denial to record. */
export type RecordDenialInput = {
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
  /** The id of the development that it disputes: a published one of the same country. */
  disputes: string | number;
  /** Who disputes it; 200 characters at most. */
  deniedBy: string;
};

/** A payment to record. */
export type RecordPaymentInput = {
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
  /** How much was paid or promised. Null when the sources do not say. */
  amount?: MoneyInput | null | undefined;
  /** How many people it was paid for. Null when the sources do not say. */
  people?: PeopleInput | null | undefined;
  /** The citizenships of the people that it was paid for, as country codes, 50 at most. */
  nationalities?: Array<string> | null | undefined;
};

/** A refusal to record. */
export type RecordRefusalInput = {
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
};

/** Talks to record. */
export type RecordTalksInput = {
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
};

/** A termination to record. */
export type RecordTerminationInput = {
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
  /** Who ended the agreement; 200 characters at most. Null when the sources do not say. */
  endedBy?: string | null | undefined;
};

/** A transfer to record. */
export type RecordTransferInput = {
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
  /** How many people were moved. Null when the sources do not say. */
  people?: PeopleInput | null | undefined;
  /** Their citizenships, as country codes, 50 at most. */
  nationalities?: Array<string> | null | undefined;
};

/** What a refusal says. */
export type RefusalContentInput = {
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
};

/** What is published, to retract. */
export type RetractInput = {
  /** The id of the development. */
  development: string | number;
  /**
   * The revision that you have before you: if it is no longer the newest, nothing is done, and you are told who changed
   * what.
   */
  expectedRevision: number;
  /**
   * Your own name for this call, 200 characters at most: sent again with the same input it writes nothing and answers the
   * same.
   */
  idempotencyKey?: string | null | undefined;
  /** Why, in words for readers; 500 characters at most. */
  reason: string;
  /** True: everything is checked, nothing is written, and the answer says where country and tally would stand. */
  dryRun?: boolean | null | undefined;
};

/** A working copy to return to draft. */
export type ReturnToDraftInput = {
  /** The id of the development. */
  development: string | number;
  /**
   * The revision that you have before you: if it is no longer the newest, nothing is done, and you are told who changed
   * what.
   */
  expectedRevision: number;
  /**
   * Your own name for this call, 200 characters at most: sent again with the same input it writes nothing and answers the
   * same.
   */
  idempotencyKey?: string | null | undefined;
  /** Why, in words for its author; 4,000 characters at most. Readers never see it. */
  reason: string;
};

/** Whether what one person wrote needs another to publish it. */
export type ReviewPolicy =
  /** An editor may publish what they wrote. */
  | 'OPTIONAL'
  /** Nobody publishes what they wrote: another editor does. */
  | 'REQUIRED';

/** Why a revision came before readers. */
export type RevisionCause =
  /** It is the first that readers saw. */
  | 'FIRST_PUBLICATION'
  /** It corrects the one before. */
  | 'CORRECTION'
  /** It retracts the development, which stays in the record, marked. */
  | 'RETRACTION';

/** Which token. */
export type RevokeTokenInput = {
  /** Its `uuid`. */
  token: string;
};

/** What a member of staff may do. Each role may do all that the one before it may. */
export type Role =
  /** Writes drafts; may not publish. */
  | 'REPORTER'
  /** Writes and publishes. */
  | 'EDITOR'
  /** Does all that an editor does, and manages people and tokens. */
  | 'ADMIN';

/** A working copy to save: of a draft, or the beginning of a correction of what is published. */
export type SaveDraftInput = {
  /** The id of the development. */
  development: string | number;
  /**
   * The revision that you have before you: if it is no longer the newest, nothing is done, and you are told who changed
   * what.
   */
  expectedRevision: number;
  /**
   * Your own name for this call, 200 characters at most: sent again with the same input it writes nothing and answers the
   * same.
   */
  idempotencyKey?: string | null | undefined;
  /** What it says from now on, all of it. */
  content: DevelopmentContentInput;
  /** For a correction: what it corrects, in words for readers; 500 characters at most. */
  note?: string | null | undefined;
  /** For a correction: true where it corrects a trifle, no fact, name or number; then it needs no note. Null: false. */
  minor?: boolean | null | undefined;
};

/** A working copy to schedule. */
export type ScheduleInput = {
  /** The id of the development. */
  development: string | number;
  /**
   * The revision that you have before you: if it is no longer the newest, nothing is done, and you are told who changed
   * what.
   */
  expectedRevision: number;
  /**
   * Your own name for this call, 200 characters at most: sent again with the same input it writes nothing and answers the
   * same.
   */
  idempotencyKey?: string | null | undefined;
  /** The moment at which it goes before readers by itself, within a year. */
  publishAt: string;
};

/** Which account, and its next role. */
export type SetAccountRoleInput = {
  /** Its e-mail address, in whatever letters. */
  email: string;
  /** What they may do from now on. */
  role: Role;
};

/** A link, and the password that is to be set by it. */
export type SetPasswordInput = {
  /** The link's secret, as `inviteAccount`, `makeAccountLink` or `tracker account` gave it. It is good once. */
  link: string;
  /** The new password: from 12 to 200 characters. */
  password: string;
};

/** Who wants to sign in. */
export type SignInInput = {
  /** Their e-mail address, in whatever letters. */
  email: string;
  /** Their password. */
  password: string;
};

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

/** A draft to submit for review. */
export type SubmitForReviewInput = {
  /** The id of the development. */
  development: string | number;
  /**
   * The revision that you have before you: if it is no longer the newest, nothing is done, and you are told who changed
   * what.
   */
  expectedRevision: number;
  /**
   * Your own name for this call, 200 characters at most: sent again with the same input it writes nothing and answers the
   * same.
   */
  idempotencyKey?: string | null | undefined;
  /** A word to the editor; 4,000 characters at most. Readers never see it. */
  comment?: string | null | undefined;
};

/** What talks say. */
export type TalksContentInput = {
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
};

/** What a termination says. */
export type TerminationContentInput = {
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
  /** Who ended the agreement; 200 characters at most. Null when the sources do not say. */
  endedBy?: string | null | undefined;
};

/** What a transfer says. */
export type TransferContentInput = {
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
  /** How many people were moved. Null when the sources do not say. */
  people?: PeopleInput | null | undefined;
  /** Their citizenships, as country codes, 50 at most. */
  nationalities?: Array<string> | null | undefined;
};

/** A working copy to take off the schedule. */
export type UnscheduleInput = {
  /** The id of the development. */
  development: string | number;
  /**
   * The revision that you have before you: if it is no longer the newest, nothing is done, and you are told who changed
   * what.
   */
  expectedRevision: number;
  /**
   * Your own name for this call, 200 characters at most: sent again with the same input it writes nothing and answers the
   * same.
   */
  idempotencyKey?: string | null | undefined;
};

export type DeskAccountsQueryVariables = Exact<{ [key: string]: never; }>;


export type DeskAccountsQuery = { accounts: Array<{ email: string, name: string, role: Role, pending: boolean, createdAt: string, deactivatedAt: string | null, lastUsedAt: string | null }> };

export type DeskInviteMutationVariables = Exact<{
  input: InviteAccountInput;
}>;


export type DeskInviteMutation = { act: { link: string | null, account: { email: string, name: string, role: Role, pending: boolean, createdAt: string, deactivatedAt: string | null, lastUsedAt: string | null } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskMakeLinkMutationVariables = Exact<{
  input: AccountInput;
}>;


export type DeskMakeLinkMutation = { act: { link: string | null, account: { email: string, name: string, role: Role, pending: boolean, createdAt: string, deactivatedAt: string | null, lastUsedAt: string | null } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskSetRoleMutationVariables = Exact<{
  input: SetAccountRoleInput;
}>;


export type DeskSetRoleMutation = { act: { link: string | null, account: { email: string, name: string, role: Role, pending: boolean, createdAt: string, deactivatedAt: string | null, lastUsedAt: string | null } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskDeactivateMutationVariables = Exact<{
  input: AccountInput;
}>;


export type DeskDeactivateMutation = { act: { link: string | null, account: { email: string, name: string, role: Role, pending: boolean, createdAt: string, deactivatedAt: string | null, lastUsedAt: string | null } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskSignOutAccountMutationVariables = Exact<{
  input: AccountInput;
}>;


export type DeskSignOutAccountMutation = { act: { link: string | null, account: { email: string, name: string, role: Role, pending: boolean, createdAt: string, deactivatedAt: string | null, lastUsedAt: string | null } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskReactivateMutationVariables = Exact<{
  input: AccountInput;
}>;


export type DeskReactivateMutation = { act: { link: string | null, account: { email: string, name: string, role: Role, pending: boolean, createdAt: string, deactivatedAt: string | null, lastUsedAt: string | null } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type DeskChangePasswordMutation = { changePassword: { viewer: { name: string, role: Role } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskSignOutEverywhereMutationVariables = Exact<{ [key: string]: never; }>;


export type DeskSignOutEverywhereMutation = { signOutEverywhere: boolean };

export type DeskTokensQueryVariables = Exact<{ [key: string]: never; }>;


export type DeskTokensQuery = { tokens: Array<{ uuid: string, name: string, role: Role, createdAt: string, expiresAt: string | null, lastUsedAt: string | null, revokedAt: string | null }> };

export type DeskCreateTokenMutationVariables = Exact<{
  input: CreateTokenInput;
}>;


export type DeskCreateTokenMutation = { act: { secret: string | null, token: { uuid: string, name: string, role: Role, createdAt: string, expiresAt: string | null, lastUsedAt: string | null, revokedAt: string | null } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskRevokeTokenMutationVariables = Exact<{
  input: RevokeTokenInput;
}>;


export type DeskRevokeTokenMutation = { act: { token: { uuid: string, name: string, role: Role, createdAt: string, expiresAt: string | null, lastUsedAt: string | null, revokedAt: string | null } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskAuditQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: AuditFilter | null | undefined;
}>;


export type DeskAuditQuery = { auditLog: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ number: number, at: string, act: Act, actor: string, address: string | null, comment: string | null, revision: number | null, subject: string | null, development:
        | { id: string, kind: DevelopmentKind, summary: string, country: { name: string } | null }
        | { id: string, kind: DevelopmentKind, summary: string, country: { name: string } | null }
        | { id: string, kind: DevelopmentKind, summary: string, country: { name: string } | null }
        | { id: string, kind: DevelopmentKind, summary: string, country: { name: string } | null }
        | { id: string, kind: DevelopmentKind, summary: string, country: { name: string } | null }
        | { id: string, kind: DevelopmentKind, summary: string, country: { name: string } | null }
        | { id: string, kind: DevelopmentKind, summary: string, country: { name: string } | null }
        | { id: string, kind: DevelopmentKind, summary: string, country: { name: string } | null }
        | { id: string, kind: DevelopmentKind, summary: string, country: { name: string } | null }
       | null, source: { title: string } | null }> } };

export type PersonFragment = { email: string, name: string, role: Role, pending: boolean, createdAt: string, deactivatedAt: string | null, lastUsedAt: string | null };

export type ManagedFragment = { link: string | null, account: { email: string, name: string, role: Role, pending: boolean, createdAt: string, deactivatedAt: string | null, lastUsedAt: string | null } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> };

export type KeyFragment = { uuid: string, name: string, role: Role, createdAt: string, expiresAt: string | null, lastUsedAt: string | null, revokedAt: string | null };

export type DeskViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type DeskViewerQuery = { viewer: { name: string, role: Role, signOutPath: string | null } | null, singleSignOn: { label: string, path: string } | null };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { viewer: { name: string, role: Role } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type SetPasswordMutationVariables = Exact<{
  input: SetPasswordInput;
}>;


export type SetPasswordMutation = { setPassword: { viewer: { name: string, role: Role } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: boolean };

export type DeskHomeQueryVariables = Exact<{ [key: string]: never; }>;


export type DeskHomeQuery = { desk: { reviewPolicy: ReviewPolicy, drafts: { totalCount: number, nodes: Array<
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
      > }, waitingForReview: { totalCount: number, nodes: Array<
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
      > }, scheduled: { totalCount: number, nodes: Array<
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
        | { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> }
      > }, history: { nodes: Array<{ cursor: string }> } } };

export type DeskHistorySubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type DeskHistorySubscription = { history: { cursor: string, act: Act, actor: string } };

export type DeskCountriesQueryVariables = Exact<{ [key: string]: never; }>;


export type DeskCountriesQuery = { countries: { nodes: Array<{ code: string, alpha3: string, name: string, isoName: string, otherNames: Array<string>, tracked: boolean, status: { code: StatusCode, label: string } | null }> } };

export type DeskItemQueryVariables = Exact<{
  id: string | number;
}>;


export type DeskItemQuery = { desk: { reviewPolicy: ReviewPolicy, history: { pageInfo: { hasNextPage: boolean }, nodes: Array<{ cursor: string, number: number, at: string, act: Act, actor: string, comment: string | null, revision: number | null }> } }, tally: { asked: number, agreed: number }, node:
    | { id: string, disputed: boolean, country: { code: string, name: string, status: { label: string } | null } | null, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, shownUntil: string | null, development:
          | { __typename: 'Agreement', terms: string | null, form: AgreementForm | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Ask', stage: AskStage | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'CourtOrder', court: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Denial', deniedBy: string, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, disputes:
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
             | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Payment', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, amount: { value: string, currency: string, label: string } | null, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Refusal', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Talks', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Termination', endedBy: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Transfer', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
         }> }
    | { id: string, disputed: boolean, country: { code: string, name: string, status: { label: string } | null } | null, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, shownUntil: string | null, development:
          | { __typename: 'Agreement', terms: string | null, form: AgreementForm | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Ask', stage: AskStage | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'CourtOrder', court: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Denial', deniedBy: string, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, disputes:
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
             | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Payment', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, amount: { value: string, currency: string, label: string } | null, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Refusal', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Talks', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Termination', endedBy: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Transfer', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
         }> }
    | { id: string, disputed: boolean, country: { code: string, name: string, status: { label: string } | null } | null, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, shownUntil: string | null, development:
          | { __typename: 'Agreement', terms: string | null, form: AgreementForm | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Ask', stage: AskStage | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'CourtOrder', court: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Denial', deniedBy: string, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, disputes:
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
             | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Payment', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, amount: { value: string, currency: string, label: string } | null, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Refusal', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Talks', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Termination', endedBy: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Transfer', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
         }> }
    | { id: string, disputed: boolean, country: { code: string, name: string, status: { label: string } | null } | null, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, shownUntil: string | null, development:
          | { __typename: 'Agreement', terms: string | null, form: AgreementForm | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Ask', stage: AskStage | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'CourtOrder', court: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Denial', deniedBy: string, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, disputes:
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
             | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Payment', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, amount: { value: string, currency: string, label: string } | null, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Refusal', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Talks', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Termination', endedBy: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Transfer', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
         }> }
    | { id: string, disputed: boolean, country: { code: string, name: string, status: { label: string } | null } | null, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, shownUntil: string | null, development:
          | { __typename: 'Agreement', terms: string | null, form: AgreementForm | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Ask', stage: AskStage | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'CourtOrder', court: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Denial', deniedBy: string, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, disputes:
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
             | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Payment', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, amount: { value: string, currency: string, label: string } | null, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Refusal', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Talks', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Termination', endedBy: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Transfer', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
         }> }
    | { id: string, disputed: boolean, country: { code: string, name: string, status: { label: string } | null } | null, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, shownUntil: string | null, development:
          | { __typename: 'Agreement', terms: string | null, form: AgreementForm | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Ask', stage: AskStage | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'CourtOrder', court: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Denial', deniedBy: string, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, disputes:
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
             | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Payment', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, amount: { value: string, currency: string, label: string } | null, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Refusal', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Talks', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Termination', endedBy: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Transfer', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
         }> }
    | { id: string, disputed: boolean, country: { code: string, name: string, status: { label: string } | null } | null, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, shownUntil: string | null, development:
          | { __typename: 'Agreement', terms: string | null, form: AgreementForm | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Ask', stage: AskStage | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'CourtOrder', court: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Denial', deniedBy: string, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, disputes:
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
             | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Payment', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, amount: { value: string, currency: string, label: string } | null, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Refusal', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Talks', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Termination', endedBy: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Transfer', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
         }> }
    | { id: string, disputed: boolean, country: { code: string, name: string, status: { label: string } | null } | null, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, shownUntil: string | null, development:
          | { __typename: 'Agreement', terms: string | null, form: AgreementForm | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Ask', stage: AskStage | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'CourtOrder', court: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Denial', deniedBy: string, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, disputes:
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
             | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Payment', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, amount: { value: string, currency: string, label: string } | null, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Refusal', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Talks', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Termination', endedBy: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Transfer', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
         }> }
    | { id: string, disputed: boolean, country: { code: string, name: string, status: { label: string } | null } | null, revisions: Array<{ number: number, cause: RevisionCause, note: string | null, minor: boolean, shownFrom: string | null, shownUntil: string | null, development:
          | { __typename: 'Agreement', terms: string | null, form: AgreementForm | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Ask', stage: AskStage | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'CourtOrder', court: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Denial', deniedBy: string, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, disputes:
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
              | { id: string, kind: DevelopmentKind, summary: string }
             | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Payment', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, amount: { value: string, currency: string, label: string } | null, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Refusal', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Talks', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Termination', endedBy: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
          | { __typename: 'Transfer', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> }
         }> }
    | Record<PropertyKey, never>
   | null };

export type DeskItemHistorySubscriptionVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type DeskItemHistorySubscription = { history: { cursor: string, number: number, at: string, act: Act, actor: string, comment: string | null, revision: number | null } };

export type DeskTrailQueryVariables = Exact<{
  id: string | number;
}>;


export type DeskTrailQuery = { desk: { history: { nodes: Array<{ number: number, at: string, act: Act, actor: string, comment: string | null, revision: number | null }> } } };

export type DeskDisputableQueryVariables = Exact<{
  code: string;
}>;


export type DeskDisputableQuery = { country: { developments: { nodes: Array<
        | { id: string, kind: DevelopmentKind, summary: string }
        | { id: string, kind: DevelopmentKind, summary: string }
        | { id: string, kind: DevelopmentKind, summary: string }
        | { id: string, kind: DevelopmentKind, summary: string }
        | { id: string, kind: DevelopmentKind, summary: string }
        | { id: string, kind: DevelopmentKind, summary: string }
        | { id: string, kind: DevelopmentKind, summary: string }
        | { id: string, kind: DevelopmentKind, summary: string }
        | { id: string, kind: DevelopmentKind, summary: string }
      > } } | null };

export type DeskSourcesQueryVariables = Exact<{
  search: string;
}>;


export type DeskSourcesQuery = { sources: Array<{ id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null }> };

export type DeskSimilarQueryVariables = Exact<{
  source: SourceInput;
}>;


export type DeskSimilarQuery = { similarSources: Array<{ id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null }> };

export type DeskAddSourceMutationVariables = Exact<{
  input: SourceInput;
}>;


export type DeskAddSourceMutation = { addSource: { source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskAskMutationVariables = Exact<{
  input: RecordAskInput;
}>;


export type DeskAskMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskTalksMutationVariables = Exact<{
  input: RecordTalksInput;
}>;


export type DeskTalksMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskRefusalMutationVariables = Exact<{
  input: RecordRefusalInput;
}>;


export type DeskRefusalMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskAgreementMutationVariables = Exact<{
  input: RecordAgreementInput;
}>;


export type DeskAgreementMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskPaymentMutationVariables = Exact<{
  input: RecordPaymentInput;
}>;


export type DeskPaymentMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskTransferMutationVariables = Exact<{
  input: RecordTransferInput;
}>;


export type DeskTransferMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskCourtOrderMutationVariables = Exact<{
  input: RecordCourtOrderInput;
}>;


export type DeskCourtOrderMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskDenialMutationVariables = Exact<{
  input: RecordDenialInput;
}>;


export type DeskDenialMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskTerminationMutationVariables = Exact<{
  input: RecordTerminationInput;
}>;


export type DeskTerminationMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskSaveMutationVariables = Exact<{
  input: SaveDraftInput;
}>;


export type DeskSaveMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskSubmitMutationVariables = Exact<{
  input: SubmitForReviewInput;
}>;


export type DeskSubmitMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskReturnMutationVariables = Exact<{
  input: ReturnToDraftInput;
}>;


export type DeskReturnMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskPublishMutationVariables = Exact<{
  input: PublishInput;
}>;


export type DeskPublishMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskDiscardMutationVariables = Exact<{
  input: DiscardDraftInput;
}>;


export type DeskDiscardMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskScheduleMutationVariables = Exact<{
  input: ScheduleInput;
}>;


export type DeskScheduleMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskUnscheduleMutationVariables = Exact<{
  input: UnscheduleInput;
}>;


export type DeskUnscheduleMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskRetractMutationVariables = Exact<{
  input: RetractInput;
}>;


export type DeskRetractMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeskCommentMutationVariables = Exact<{
  input: CommentInput;
}>;


export type DeskCommentMutation = { act: { development:
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
      | { id: string, revision: number }
     | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> } };

export type DeedFragment = { number: number, at: string, act: Act, actor: string, comment: string | null, revision: number | null };

export type WrongFragment = { code: ProblemCode, field: Array<string>, message: string };

export type CitedFragment = { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null };

type Work_Agreement_Fragment = { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> };

type Work_Ask_Fragment = { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> };

type Work_CourtOrder_Fragment = { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> };

type Work_Denial_Fragment = { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> };

type Work_Payment_Fragment = { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> };

type Work_Refusal_Fragment = { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> };

type Work_Talks_Fragment = { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> };

type Work_Termination_Fragment = { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> };

type Work_Transfer_Fragment = { id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, revisions: Array<{ cause: RevisionCause }> };

export type WorkFragment =
  | Work_Agreement_Fragment
  | Work_Ask_Fragment
  | Work_CourtOrder_Fragment
  | Work_Denial_Fragment
  | Work_Payment_Fragment
  | Work_Refusal_Fragment
  | Work_Talks_Fragment
  | Work_Termination_Fragment
  | Work_Transfer_Fragment
;

export type ActedFragment = { development:
    | { id: string, revision: number }
    | { id: string, revision: number }
    | { id: string, revision: number }
    | { id: string, revision: number }
    | { id: string, revision: number }
    | { id: string, revision: number }
    | { id: string, revision: number }
    | { id: string, revision: number }
    | { id: string, revision: number }
   | null, country: { status: { code: StatusCode, label: string } | null } | null, tally: { asked: number, agreed: number } | null, conflict: { revision: number, author: string | null, changes: Array<{ field: string, before: string | null, after: string | null }> } | null, userErrors: Array<{ code: ProblemCode, field: Array<string>, message: string }> };

type Written_Agreement_Fragment = { __typename: 'Agreement', terms: string | null, form: AgreementForm | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> };

type Written_Ask_Fragment = { __typename: 'Ask', stage: AskStage | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> };

type Written_CourtOrder_Fragment = { __typename: 'CourtOrder', court: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> };

type Written_Denial_Fragment = { __typename: 'Denial', deniedBy: string, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, disputes:
    | { id: string, kind: DevelopmentKind, summary: string }
    | { id: string, kind: DevelopmentKind, summary: string }
    | { id: string, kind: DevelopmentKind, summary: string }
    | { id: string, kind: DevelopmentKind, summary: string }
    | { id: string, kind: DevelopmentKind, summary: string }
    | { id: string, kind: DevelopmentKind, summary: string }
    | { id: string, kind: DevelopmentKind, summary: string }
    | { id: string, kind: DevelopmentKind, summary: string }
    | { id: string, kind: DevelopmentKind, summary: string }
   | null, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> };

type Written_Payment_Fragment = { __typename: 'Payment', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, amount: { value: string, currency: string, label: string } | null, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> };

type Written_Refusal_Fragment = { __typename: 'Refusal', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> };

type Written_Talks_Fragment = { __typename: 'Talks', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> };

type Written_Termination_Fragment = { __typename: 'Termination', endedBy: string | null, id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> };

type Written_Transfer_Fragment = { __typename: 'Transfer', id: string, kind: DevelopmentKind, summary: string, revision: number, state: DevelopmentState, author: string | null, writtenAt: string | null, publishAt: string | null, affectsStatus: boolean, retracted: boolean, people: { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string } | null, nationalities: Array<{ code: string, name: string }>, country: { code: string, name: string } | null, occurred: { edtf: string | null, label: string }, citations: Array<{ locator: string | null, quote: string | null, source: { id: string, kind: SourceKind, publisher: string | null, title: string, url: string | null, confidential: boolean, attribution: string | null, publishedOn: { label: string } | null } }> };

export type WrittenFragment =
  | Written_Agreement_Fragment
  | Written_Ask_Fragment
  | Written_CourtOrder_Fragment
  | Written_Denial_Fragment
  | Written_Payment_Fragment
  | Written_Refusal_Fragment
  | Written_Talks_Fragment
  | Written_Termination_Fragment
  | Written_Transfer_Fragment
;

export type FiguresFragment = { exactly: number | null, atLeast: number | null, atMost: number | null, about: number | null, describedAs: string | null, label: string };

export type DeskPublishedQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: DevelopmentFilter | null | undefined;
}>;


export type DeskPublishedQuery = { developments: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<
      | { id: string, kind: DevelopmentKind, summary: string, corrected: boolean, retracted: boolean, disputed: boolean, publishedAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, workingCopy:
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
         | null }
      | { id: string, kind: DevelopmentKind, summary: string, corrected: boolean, retracted: boolean, disputed: boolean, publishedAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, workingCopy:
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
         | null }
      | { id: string, kind: DevelopmentKind, summary: string, corrected: boolean, retracted: boolean, disputed: boolean, publishedAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, workingCopy:
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
         | null }
      | { id: string, kind: DevelopmentKind, summary: string, corrected: boolean, retracted: boolean, disputed: boolean, publishedAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, workingCopy:
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
         | null }
      | { id: string, kind: DevelopmentKind, summary: string, corrected: boolean, retracted: boolean, disputed: boolean, publishedAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, workingCopy:
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
         | null }
      | { id: string, kind: DevelopmentKind, summary: string, corrected: boolean, retracted: boolean, disputed: boolean, publishedAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, workingCopy:
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
         | null }
      | { id: string, kind: DevelopmentKind, summary: string, corrected: boolean, retracted: boolean, disputed: boolean, publishedAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, workingCopy:
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
         | null }
      | { id: string, kind: DevelopmentKind, summary: string, corrected: boolean, retracted: boolean, disputed: boolean, publishedAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, workingCopy:
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
         | null }
      | { id: string, kind: DevelopmentKind, summary: string, corrected: boolean, retracted: boolean, disputed: boolean, publishedAt: string | null, country: { code: string, name: string } | null, occurred: { label: string }, workingCopy:
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
          | { state: DevelopmentState, author: string | null }
         | null }
    > } };

export type DeskImportMutationVariables = Exact<{
  input: ImportDevelopmentsInput;
}>;


export type DeskImportMutation = { importDevelopments: { added: number, alreadyThere: number, tally: { asked: number, agreed: number } | null, rows: Array<{ row: number, key: string, outcome: ImportOutcome, development:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
       | null }>, userErrors: Array<{ code: ProblemCode, field: string | null, row: number, message: string }> } };

export const DeskAccounts: Document<DeskAccountsQuery, DeskAccountsQueryVariables> = `query DeskAccounts {
  accounts {
    ...Person
  }
}

fragment Person on Account {
  email
  name
  role
  pending
  createdAt
  deactivatedAt
  lastUsedAt
}`;

export const DeskInvite: Document<DeskInviteMutation, DeskInviteMutationVariables> = `mutation DeskInvite($input: InviteAccountInput!) {
  act: inviteAccount(input: $input) {
    ...Managed
  }
}

fragment Person on Account {
  email
  name
  role
  pending
  createdAt
  deactivatedAt
  lastUsedAt
}

fragment Managed on AccountPayload {
  account {
    ...Person
  }
  link
  userErrors {
    ...Wrong
  }
}

fragment Wrong on UserError {
  code
  field
  message
}`;

export const DeskMakeLink: Document<DeskMakeLinkMutation, DeskMakeLinkMutationVariables> = `mutation DeskMakeLink($input: AccountInput!) {
  act: makeAccountLink(input: $input) {
    ...Managed
  }
}

fragment Person on Account {
  email
  name
  role
  pending
  createdAt
  deactivatedAt
  lastUsedAt
}

fragment Managed on AccountPayload {
  account {
    ...Person
  }
  link
  userErrors {
    ...Wrong
  }
}

fragment Wrong on UserError {
  code
  field
  message
}`;

export const DeskSetRole: Document<DeskSetRoleMutation, DeskSetRoleMutationVariables> = `mutation DeskSetRole($input: SetAccountRoleInput!) {
  act: setAccountRole(input: $input) {
    ...Managed
  }
}

fragment Person on Account {
  email
  name
  role
  pending
  createdAt
  deactivatedAt
  lastUsedAt
}

fragment Managed on AccountPayload {
  account {
    ...Person
  }
  link
  userErrors {
    ...Wrong
  }
}

fragment Wrong on UserError {
  code
  field
  message
}`;

export const DeskDeactivate: Document<DeskDeactivateMutation, DeskDeactivateMutationVariables> = `mutation DeskDeactivate($input: AccountInput!) {
  act: deactivateAccount(input: $input) {
    ...Managed
  }
}

fragment Person on Account {
  email
  name
  role
  pending
  createdAt
  deactivatedAt
  lastUsedAt
}

fragment Managed on AccountPayload {
  account {
    ...Person
  }
  link
  userErrors {
    ...Wrong
  }
}

fragment Wrong on UserError {
  code
  field
  message
}`;

export const DeskSignOutAccount: Document<DeskSignOutAccountMutation, DeskSignOutAccountMutationVariables> = `mutation DeskSignOutAccount($input: AccountInput!) {
  act: signOutAccount(input: $input) {
    ...Managed
  }
}

fragment Person on Account {
  email
  name
  role
  pending
  createdAt
  deactivatedAt
  lastUsedAt
}

fragment Managed on AccountPayload {
  account {
    ...Person
  }
  link
  userErrors {
    ...Wrong
  }
}

fragment Wrong on UserError {
  code
  field
  message
}`;

export const DeskReactivate: Document<DeskReactivateMutation, DeskReactivateMutationVariables> = `mutation DeskReactivate($input: AccountInput!) {
  act: reactivateAccount(input: $input) {
    ...Managed
  }
}

fragment Person on Account {
  email
  name
  role
  pending
  createdAt
  deactivatedAt
  lastUsedAt
}

fragment Managed on AccountPayload {
  account {
    ...Person
  }
  link
  userErrors {
    ...Wrong
  }
}

fragment Wrong on UserError {
  code
  field
  message
}`;

export const DeskChangePassword: Document<DeskChangePasswordMutation, DeskChangePasswordMutationVariables> = `mutation DeskChangePassword($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    viewer {
      name
      role
    }
    userErrors {
      ...Wrong
    }
  }
}

fragment Wrong on UserError {
  code
  field
  message
}`;

export const DeskSignOutEverywhere: Document<DeskSignOutEverywhereMutation, DeskSignOutEverywhereMutationVariables> = `mutation DeskSignOutEverywhere {
  signOutEverywhere
}`;

export const DeskTokens: Document<DeskTokensQuery, DeskTokensQueryVariables> = `query DeskTokens {
  tokens {
    ...Key
  }
}

fragment Key on Token {
  uuid
  name
  role
  createdAt
  expiresAt
  lastUsedAt
  revokedAt
}`;

export const DeskCreateToken: Document<DeskCreateTokenMutation, DeskCreateTokenMutationVariables> = `mutation DeskCreateToken($input: CreateTokenInput!) {
  act: createToken(input: $input) {
    token {
      ...Key
    }
    secret
    userErrors {
      ...Wrong
    }
  }
}

fragment Key on Token {
  uuid
  name
  role
  createdAt
  expiresAt
  lastUsedAt
  revokedAt
}

fragment Wrong on UserError {
  code
  field
  message
}`;

export const DeskRevokeToken: Document<DeskRevokeTokenMutation, DeskRevokeTokenMutationVariables> = `mutation DeskRevokeToken($input: RevokeTokenInput!) {
  act: revokeToken(input: $input) {
    token {
      ...Key
    }
    userErrors {
      ...Wrong
    }
  }
}

fragment Key on Token {
  uuid
  name
  role
  createdAt
  expiresAt
  lastUsedAt
  revokedAt
}

fragment Wrong on UserError {
  code
  field
  message
}`;

export const DeskAudit: Document<DeskAuditQuery, DeskAuditQueryVariables> = `query DeskAudit($first: Int!, $after: String, $filter: AuditFilter) {
  auditLog(first: $first, after: $after, filter: $filter) {
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      number
      at
      act
      actor
      address
      comment
      revision
      subject
      development {
        id
        kind
        summary
        country {
          name
        }
      }
      source {
        title
      }
    }
  }
}`;

export const DeskViewer: Document<DeskViewerQuery, DeskViewerQueryVariables> = `query DeskViewer {
  viewer {
    name
    role
    signOutPath
  }
  singleSignOn {
    label
    path
  }
}`;

export const SignIn: Document<SignInMutation, SignInMutationVariables> = `mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    viewer {
      name
      role
    }
    userErrors {
      ...Wrong
    }
  }
}

fragment Wrong on UserError {
  code
  field
  message
}`;

export const SetPassword: Document<SetPasswordMutation, SetPasswordMutationVariables> = `mutation SetPassword($input: SetPasswordInput!) {
  setPassword(input: $input) {
    viewer {
      name
      role
    }
    userErrors {
      ...Wrong
    }
  }
}

fragment Wrong on UserError {
  code
  field
  message
}`;

export const SignOut: Document<SignOutMutation, SignOutMutationVariables> = `mutation SignOut {
  signOut
}`;

export const DeskHome: Document<DeskHomeQuery, DeskHomeQueryVariables> = `query DeskHome {
  desk {
    reviewPolicy
    drafts(first: 100, mine: true) {
      totalCount
      nodes {
        ...Work
      }
    }
    waitingForReview(first: 100) {
      totalCount
      nodes {
        ...Work
      }
    }
    scheduled(first: 100) {
      totalCount
      nodes {
        ...Work
      }
    }
    history(first: 1) {
      nodes {
        cursor
      }
    }
  }
}

fragment Work on Development {
  id
  kind
  summary
  revision
  state
  author
  writtenAt
  publishAt
  country {
    code
    name
  }
  occurred {
    label
  }
  revisions {
    cause
  }
}`;

export const DeskHistory: Document<DeskHistorySubscription, DeskHistorySubscriptionVariables> = `subscription DeskHistory($after: String) {
  history(after: $after) {
    cursor
    act
    actor
  }
}`;

export const DeskCountries: Document<DeskCountriesQuery, DeskCountriesQueryVariables> = `query DeskCountries {
  countries(first: 300, filter: {tracked: null}) {
    nodes {
      code
      alpha3
      name
      isoName
      otherNames
      tracked
      status {
        code
        label
      }
    }
  }
}`;

export const DeskItem: Document<DeskItemQuery, DeskItemQueryVariables> = `query DeskItem($id: ID!) {
  desk {
    reviewPolicy
    history(development: $id, first: 100) {
      pageInfo {
        hasNextPage
      }
      nodes {
        cursor
        ...Deed
      }
    }
  }
  tally {
    asked
    agreed
  }
  node(id: $id) {
    ... on Development {
      id
      disputed
      country {
        code
        name
        status {
          label
        }
      }
      revisions {
        number
        cause
        note
        minor
        shownFrom
        shownUntil
        development {
          ...Written
        }
      }
    }
  }
}

fragment Deed on AuditEntry {
  number
  at
  act
  actor
  comment
  revision
}

fragment Cited on Source {
  id
  kind
  publisher
  title
  url
  confidential
  attribution
  publishedOn {
    label
  }
}

fragment Written on Development {
  __typename
  id
  kind
  summary
  revision
  state
  author
  writtenAt
  publishAt
  affectsStatus
  retracted
  country {
    code
    name
  }
  occurred {
    edtf
    label
  }
  citations {
    locator
    quote
    source {
      ...Cited
    }
  }
  ... on Ask {
    stage
    people {
      ...Figures
    }
  }
  ... on Agreement {
    people {
      ...Figures
    }
    terms
    form
  }
  ... on Payment {
    amount {
      value
      currency
      label
    }
    people {
      ...Figures
    }
    nationalities {
      code
      name
    }
  }
  ... on Transfer {
    people {
      ...Figures
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
      kind
      summary
    }
  }
  ... on Termination {
    endedBy
  }
}

fragment Figures on People {
  exactly
  atLeast
  atMost
  about
  describedAs
  label
}`;

export const DeskItemHistory: Document<DeskItemHistorySubscription, DeskItemHistorySubscriptionVariables> = `subscription DeskItemHistory($id: ID!, $after: String) {
  history(development: $id, after: $after) {
    cursor
    ...Deed
  }
}

fragment Deed on AuditEntry {
  number
  at
  act
  actor
  comment
  revision
}`;

export const DeskTrail: Document<DeskTrailQuery, DeskTrailQueryVariables> = `query DeskTrail($id: ID!) {
  desk {
    history(development: $id, first: 30) {
      nodes {
        ...Deed
      }
    }
  }
}

fragment Deed on AuditEntry {
  number
  at
  act
  actor
  comment
  revision
}`;

export const DeskDisputable: Document<DeskDisputableQuery, DeskDisputableQueryVariables> = `query DeskDisputable($code: CountryCode!) {
  country(code: $code) {
    developments(first: 100) {
      nodes {
        id
        kind
        summary
      }
    }
  }
}`;

export const DeskSources: Document<DeskSourcesQuery, DeskSourcesQueryVariables> = `query DeskSources($search: String!) {
  sources(search: $search, first: 6) {
    ...Cited
  }
}

fragment Cited on Source {
  id
  kind
  publisher
  title
  url
  confidential
  attribution
  publishedOn {
    label
  }
}`;

export const DeskSimilar: Document<DeskSimilarQuery, DeskSimilarQueryVariables> = `query DeskSimilar($source: SourceInput!) {
  similarSources(source: $source) {
    ...Cited
  }
}

fragment Cited on Source {
  id
  kind
  publisher
  title
  url
  confidential
  attribution
  publishedOn {
    label
  }
}`;

export const DeskAddSource: Document<DeskAddSourceMutation, DeskAddSourceMutationVariables> = `mutation DeskAddSource($input: SourceInput!) {
  addSource(input: $input) {
    source {
      ...Cited
    }
    userErrors {
      ...Wrong
    }
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Cited on Source {
  id
  kind
  publisher
  title
  url
  confidential
  attribution
  publishedOn {
    label
  }
}`;

export const DeskAsk: Document<DeskAskMutation, DeskAskMutationVariables> = `mutation DeskAsk($input: RecordAskInput!) {
  act: recordAsk(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskTalks: Document<DeskTalksMutation, DeskTalksMutationVariables> = `mutation DeskTalks($input: RecordTalksInput!) {
  act: recordTalks(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskRefusal: Document<DeskRefusalMutation, DeskRefusalMutationVariables> = `mutation DeskRefusal($input: RecordRefusalInput!) {
  act: recordRefusal(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskAgreement: Document<DeskAgreementMutation, DeskAgreementMutationVariables> = `mutation DeskAgreement($input: RecordAgreementInput!) {
  act: recordAgreement(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskPayment: Document<DeskPaymentMutation, DeskPaymentMutationVariables> = `mutation DeskPayment($input: RecordPaymentInput!) {
  act: recordPayment(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskTransfer: Document<DeskTransferMutation, DeskTransferMutationVariables> = `mutation DeskTransfer($input: RecordTransferInput!) {
  act: recordTransfer(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskCourtOrder: Document<DeskCourtOrderMutation, DeskCourtOrderMutationVariables> = `mutation DeskCourtOrder($input: RecordCourtOrderInput!) {
  act: recordCourtOrder(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskDenial: Document<DeskDenialMutation, DeskDenialMutationVariables> = `mutation DeskDenial($input: RecordDenialInput!) {
  act: recordDenial(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskTermination: Document<DeskTerminationMutation, DeskTerminationMutationVariables> = `mutation DeskTermination($input: RecordTerminationInput!) {
  act: recordTermination(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskSave: Document<DeskSaveMutation, DeskSaveMutationVariables> = `mutation DeskSave($input: SaveDraftInput!) {
  act: saveDraft(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskSubmit: Document<DeskSubmitMutation, DeskSubmitMutationVariables> = `mutation DeskSubmit($input: SubmitForReviewInput!) {
  act: submitForReview(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskReturn: Document<DeskReturnMutation, DeskReturnMutationVariables> = `mutation DeskReturn($input: ReturnToDraftInput!) {
  act: returnToDraft(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskPublish: Document<DeskPublishMutation, DeskPublishMutationVariables> = `mutation DeskPublish($input: PublishInput!) {
  act: publish(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskDiscard: Document<DeskDiscardMutation, DeskDiscardMutationVariables> = `mutation DeskDiscard($input: DiscardDraftInput!) {
  act: discardDraft(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskSchedule: Document<DeskScheduleMutation, DeskScheduleMutationVariables> = `mutation DeskSchedule($input: ScheduleInput!) {
  act: schedule(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskUnschedule: Document<DeskUnscheduleMutation, DeskUnscheduleMutationVariables> = `mutation DeskUnschedule($input: UnscheduleInput!) {
  act: unschedule(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskRetract: Document<DeskRetractMutation, DeskRetractMutationVariables> = `mutation DeskRetract($input: RetractInput!) {
  act: retract(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskComment: Document<DeskCommentMutation, DeskCommentMutationVariables> = `mutation DeskComment($input: CommentInput!) {
  act: comment(input: $input) {
    ...Acted
  }
}

fragment Wrong on UserError {
  code
  field
  message
}

fragment Acted on DevelopmentPayload {
  development {
    id
    revision
  }
  country {
    status {
      code
      label
    }
  }
  tally {
    asked
    agreed
  }
  conflict {
    revision
    author
    changes {
      field
      before
      after
    }
  }
  userErrors {
    ...Wrong
  }
}`;

export const DeskPublished: Document<DeskPublishedQuery, DeskPublishedQueryVariables> = `query DeskPublished($first: Int!, $after: String, $filter: DevelopmentFilter) {
  developments(first: $first, after: $after, filter: $filter) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      kind
      summary
      corrected
      retracted
      disputed
      publishedAt
      country {
        code
        name
      }
      occurred {
        label
      }
      workingCopy {
        state
        author
      }
    }
  }
}`;

export const DeskImport: Document<DeskImportMutation, DeskImportMutationVariables> = `mutation DeskImport($input: ImportDevelopmentsInput!) {
  importDevelopments(input: $input) {
    added
    alreadyThere
    tally {
      asked
      agreed
    }
    rows {
      row
      key
      outcome
      development {
        id
      }
    }
    userErrors {
      code
      field
      row
      message
    }
  }
}`;
