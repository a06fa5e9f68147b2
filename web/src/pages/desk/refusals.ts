/** Why somebody comes back from the provider without being signed in, by the code in the address. */
const REFUSALS: Record<string, string> = {
  'begin-again': 'This sign-in was begun in another window or too long ago, or was used already. Please begin again.',
  denied: 'The sign-in was given up. Begin again, or use a password.',
  'not-proven': 'What the provider sent could not be trusted, so nobody was signed in. Please begin again; if it goes on, tell an admin.',
  'provider-silent': 'The provider does not answer right now. Try again in a moment, or sign in with a password.',
  'too-many': 'Too many sign-ins were begun from your network. Try again in ten minutes, or sign in with a password.',
  unavailable: 'The tracker’s database can’t be reached right now. Please try again in a moment.',
  'no-role': 'The provider knows you, but none of your groups may use the desk. Ask an admin to be let in.',
  deactivated: 'Your access to the desk was ended. Ask an admin to give it back.',
  'no-email': 'The provider does not tell your e-mail address, which an account has to have. Ask whoever runs it.',
  'unverified-email': 'The provider does not say that your e-mail address was verified. Verify it there, then begin again.',
  'email-taken': 'There is an account with your e-mail address already. Sign in with its password, or ask an admin.',
};

/** The sentence for the address of the page, if it brings a refusal. */
export function refusal(search: string) {
  const code = new URLSearchParams(search).get('sign-in');
  return code === null ? '' : (REFUSALS[code] ?? 'Nobody was signed in. Please begin again.');
}
