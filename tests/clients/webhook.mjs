// What a receiver does with a delivery, by the library of the Standard Webhooks' authors.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Webhook } from 'standardwebhooks';

const { WEBHOOK_SECRET: secret = '', WEBHOOK_ID: id = '', WEBHOOK_TIMESTAMP: timestamp = '', WEBHOOK_SIGNATURE: signature = '', WEBHOOK_BODY: body = '' } = process.env;
const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };

test('a delivery is what it says it is', () => {
  const told = new Webhook(secret).verify(body, headers);
  assert.equal(told.type, 'change.published');
});

test('what was changed on the way, or signed by somebody else, is refused', () => {
  assert.throws(() => new Webhook(secret).verify(`${body} `, headers));
  assert.throws(() => new Webhook(secret).verify(body, { ...headers, 'webhook-id': 'another' }));
  assert.throws(() => new Webhook(`whsec_${Buffer.alloc(32).toString('base64')}`).verify(body, headers));
});
