import type { Act } from '../documents.ts';

/** What can stand in the audit log, as admins read it, sorted by what it is about. */
export const ACTS: Record<string, Partial<Record<Act, string>>> = {
  Developments: {
    RECORD: 'recorded',
    SAVE: 'saved',
    SUBMIT: 'handed in for review',
    RETURN: 'returned',
    PUBLISH: 'published',
    SCHEDULE: 'scheduled',
    UNSCHEDULE: 'took off the schedule',
    CORRECT: 'corrected',
    RETRACT: 'retracted',
    DISCARD: 'gave up',
    COMMENT: 'said something about',
    IMPORT: 'imported countries',
  },
  Sources: { ADD_SOURCE: 'stored the source', REVISE_SOURCE: 'changed the source' },
  People: {
    SIGN_IN: 'signed in',
    SIGN_OUT: 'signed out',
    SET_PASSWORD: 'set the password',
    INVITE: 'invited',
    MAKE_LINK: 'made a link for',
    SET_ROLE: 'gave another role to',
    DEACTIVATE: 'ended the access of',
    REACTIVATE: 'gave access again to',
  },
  'Tokens and webhooks': {
    CREATE_TOKEN: 'made the token',
    REVOKE_TOKEN: 'revoked the token',
    ADD_WEBHOOK: 'added a webhook',
    REVISE_WEBHOOK: 'changed a webhook',
    REMOVE_WEBHOOK: 'removed a webhook',
    ROTATE_WEBHOOK_SECRET: 'gave a webhook a new secret',
    PING_WEBHOOK: 'sent a webhook a test',
    REDELIVER: 'had something delivered anew',
    DISABLE_WEBHOOK: 'took a webhook out of use',
  },
};

const WORDS: Partial<Record<Act, string>> = Object.assign({}, ...Object.values(ACTS));

/** What somebody did, in words. A newer server may know acts that this page does not. */
export const inWords = (act: Act) => WORDS[act] ?? 'did something that this page has no words for';
