import type { Act, AgreementForm, AskStage, DevelopmentKind, DevelopmentState, Role, SourceKind } from './documents.ts';
import type { How } from './form.ts';

export const KINDS: Record<DevelopmentKind, string> = {
  ASK: 'Ask',
  AGREEMENT: 'Agreement',
  REFUSAL: 'Refusal',
  TALKS: 'Talks',
  PAYMENT: 'Payment',
  TRANSFER: 'Transfer',
  COURT_ORDER: 'Court order',
  DENIAL: 'Denial',
  TERMINATION: 'Termination',
};

export const SOURCE_KINDS: Record<SourceKind, string> = {
  NEWS_REPORT: 'News report',
  DOCUMENT: 'Document',
  STATEMENT: 'Statement',
  INTERVIEW: 'Interview',
  COURT_FILING: 'Court filing',
  CABLE: 'Cable',
  OTHER: 'Other',
};

export const HOWS: Record<How, string> = {
  '': 'not said',
  exactly: 'exactly',
  about: 'about',
  atLeast: 'at least',
  atMost: 'at most',
  between: 'between',
  describedAs: 'in words',
};

export const STAGES: Record<AskStage, string> = { ASKED: 'Has been asked', TO_BE_ASKED: 'Is to be asked' };

export const FORMS: Record<AgreementForm, string> = {
  TREATY: 'Treaty',
  MEMORANDUM: 'Memorandum',
  EXCHANGE_OF_NOTES: 'Exchange of notes',
  ORAL: 'Oral',
};

/** What somebody did to a development. */
export const DEEDS: Partial<Record<Act, string>> = {
  RECORD: 'recorded it',
  SAVE: 'saved it',
  SUBMIT: 'handed it in for review',
  RETURN: 'returned it',
  PUBLISH: 'published it',
  SCHEDULE: 'scheduled it',
  UNSCHEDULE: 'took it off the schedule',
  CORRECT: 'corrected it',
  RETRACT: 'retracted it',
  DISCARD: 'gave up what was in preparation',
  COMMENT: 'said',
};

export const STATES: Record<DevelopmentState, string> = {
  DRAFT: 'draft',
  IN_REVIEW: 'in review',
  SCHEDULED: 'scheduled',
  PUBLISHED: 'published',
  SUPERSEDED: 'written over',
  DISCARDED: 'given up',
};

export const ROLES: Record<Role, string> = { REPORTER: 'Reporter', EDITOR: 'Editor', ADMIN: 'Admin' };

/** The entries of a table, with their keys' own type. */
export const entries = <Key extends string>(table: Record<Key, string>) => Object.entries(table) as [Key, string][];
