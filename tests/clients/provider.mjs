// A provider of identities on loopback, at another site than the tracker at 127.0.0.1: oidc-provider as it is, with people, keys and faults that a test chooses while it runs.
//
//   TRACKER_HOME=http://127.0.0.1:8080 node provider.mjs
//
// prints its address. `POST /play` takes what is to be changed, as JSON:
//   people       by what they type as their login: their claims
//   fault        what is wrong with the ID tokens from now on: nonce, expired, audience, issuer, signature, unsigned or null
//   rotate       true: other keys from now on
//   inToken      whether ID tokens have all claims, or the provider tells them when asked

import http from 'node:http';
import process from 'node:process';

import { SignJWT, UnsecuredJWT, decodeJwt, exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

const { TRACKER_HOME: home = '', PROVIDER_PORT: port = '0' } = process.env;

const stage = { people: {}, fault: null, inToken: false };
let keys = 0;
let signing;
let answer;

async function newKey() {
  keys += 1;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: `key-${keys}`, use: 'sig', alg: 'RS256' };
}

/** An ID token as somebody would send it who is up to no good, or whose clock is wrong. */
async function tampered(token) {
  const claims = decodeJwt(token);
  const now = Math.floor(Date.now() / 1000);
  const changed = {
    nonce: { nonce: 'of another sign-in' },
    expired: { iat: now - 7200, exp: now - 3600 },
    audience: { aud: 'another-client' },
    issuer: { iss: 'https://elsewhere.example' },
  }[stage.fault];
  const told = { ...claims, ...changed };
  if (stage.fault === 'unsigned') return new UnsecuredJWT(told).encode();
  const key = stage.fault === 'signature' ? { ...(await newKey()), kid: signing.kid } : signing;
  return new SignJWT(told).setProtectedHeader({ alg: 'RS256', kid: key.kid }).sign(key);
}

function open(issuer) {
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'tracker',
        client_secret: 'a secret between the two',
        redirect_uris: [`${home}/auth/oidc/callback`],
        post_logout_redirect_uris: [`${home}/desk`],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified', 'xms_edov'], profile: ['name', 'groups'] },
    conformIdTokenClaims: !stage.inToken,
    cookies: { keys: ['of the provider'] },
    jwks: { keys: [signing] },
    findAccount: (_, id) =>
      stage.people[id] && { accountId: id, claims: () => ({ ...stage.people[id], sub: id }) },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  });
  provider.use(async (context, next) => {
    await next();
    if (stage.fault && context.body?.id_token) context.body.id_token = await tampered(context.body.id_token);
  });
  answer = provider.callback();
}

async function play(request, response, issuer) {
  let text = '';
  for await (const part of request) text += part;
  const { rotate, ...changes } = JSON.parse(text);
  Object.assign(stage, changes);
  if (rotate) signing = await newKey();
  if (rotate || 'inToken' in changes) open(issuer);
  response.writeHead(204).end();
}

signing = await newKey();
const server = http.createServer((request, response) => {
  if (request.url === '/play') void play(request, response, server.issuer);
  else answer(request, response);
});
server.listen(Number(port), '127.0.0.1', () => {
  server.issuer = `http://localhost:${server.address().port}`;
  open(server.issuer);
  console.log(server.issuer);
});
