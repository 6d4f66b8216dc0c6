// Drives the sandbox with the official SDK. Usage: node checks.mjs http://127.0.0.1:PORT
// Prints one line per check and ends with 1 if any failed.
import assert from 'node:assert/strict';
import http from 'node:http';
import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';

const base = new URL(process.argv[2]);
const options = { host: base.hostname, port: Number(base.port), protocol: 'http', maxNetworkRetries: 0, telemetry: false };
const stripe = new Stripe('sk_test_sandbox', options);

const control = async (path, body = {}) => {
  const answer = await fetch(new URL(path, base), {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  });
  const json = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(json));
  return json;
};

const refused = async (promise, kind) => {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof kind, `${error.constructor.name}: ${error.message}`);
    return error;
  }
  assert.fail('it should have been refused');
};

const pay = (amount, method = 'pm_card_visa', more = {}) => stripe.paymentIntents.create({
  amount, currency: 'eur', payment_method: method, confirm: true, return_url: 'http://127.0.0.1:9/back', ...more,
});

const workshop = async () => {
  const account = await stripe.accounts.create({
    type: 'express', country: 'FR', email: 'atelier@demo.invalid', capabilities: { transfers: { requested: true } },
  });
  await control(`/sandbox/accounts/${account.id}/transfers`, { status: 'active' });
  return account.id;
};

const checks = {
  async 'customer: create, update, retrieve, delete'() {
    const customer = await stripe.customers.create({ name: 'Boulangerie Imaginaire', email: 'pain@demo.invalid', metadata: { order: 'CMD-1', drop: 'x' } });
    assert.match(customer.id, /^cus_/);
    const updated = await stripe.customers.update(customer.id, { name: 'Fournil Imaginaire', metadata: { drop: '' } });
    assert.equal(updated.name, 'Fournil Imaginaire');
    assert.deepEqual(updated.metadata, { order: 'CMD-1' });
    assert.equal((await stripe.customers.retrieve(customer.id)).email, 'pain@demo.invalid');
    assert.equal((await stripe.customers.del(customer.id)).deleted, true);
    const error = await refused(stripe.customers.retrieve(customer.id), Stripe.errors.StripeInvalidRequestError);
    assert.equal(error.code, 'resource_missing');
    assert.equal(error.statusCode, 404);
    assert.match(error.requestId, /^req_/);
  },

  async 'card payment with expand'() {
    const intent = await pay(120000, 'pm_card_visa', { transfer_group: 'CMD-2', expand: ['latest_charge.balance_transaction', 'payment_method'] });
    assert.equal(intent.status, 'succeeded');
    const entry = intent.latest_charge.balance_transaction;
    assert.deepEqual([entry.amount, entry.fee, entry.net, entry.type, entry.status], [120000, 1825, 118175, 'charge', 'pending']);
    assert.equal(intent.latest_charge.transfer_group, 'CMD-2');
    assert.equal(intent.payment_method.card.last4, '4242');
    await refused(pay(1000, 'pm_card_visa', { expand: ['amount'] }), Stripe.errors.StripeInvalidRequestError);
  },

  async '3-D Secure: authorise and refuse'() {
    for (const [outcome, status] of [['authorise', 'succeeded'], ['refuse', 'requires_payment_method']]) {
      const intent = await pay(5000, 'pm_card_authenticationRequired');
      assert.equal(intent.status, 'requires_action');
      assert.equal(intent.next_action.type, 'redirect_to_url');
      const page = intent.next_action.redirect_to_url.url;
      assert.equal((await fetch(page)).status, 200);
      const answer = await fetch(page, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ outcome }) });
      assert.equal(answer.status, 303);
      const back = new URL(answer.headers.get('location'));
      assert.equal(back.searchParams.get('payment_intent'), intent.id);
      assert.equal(back.searchParams.get('redirect_status'), outcome === 'authorise' ? 'succeeded' : 'failed');
      assert.equal((await stripe.paymentIntents.retrieve(intent.id)).status, status);
    }
  },

  async 'declined card keeps its traces'() {
    const error = await refused(pay(2500, 'pm_card_chargeDeclinedInsufficientFunds'), Stripe.errors.StripeCardError);
    assert.equal(error.statusCode, 402);
    assert.equal(error.code, 'card_declined');
    assert.equal(error.decline_code, 'insufficient_funds');
    const intent = await stripe.paymentIntents.retrieve(error.payment_intent.id);
    assert.equal(intent.status, 'requires_payment_method');
    assert.equal(intent.last_payment_error.decline_code, 'insufficient_funds');
    assert.equal((await stripe.charges.retrieve(error.charge)).status, 'failed');
    const again = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    assert.equal(again.status, 'succeeded');
  },

  async 'idempotency: replay, changed parameters'() {
    const idempotencyKey = randomUUID();
    const first = await stripe.paymentIntents.create({ amount: 700, currency: 'eur' }, { idempotencyKey });
    const second = await stripe.paymentIntents.create({ amount: 700, currency: 'eur' }, { idempotencyKey });
    assert.equal(first.id, second.id);
    assert.equal(second.lastResponse.headers['idempotent-replayed'], 'true');
    const error = await refused(stripe.paymentIntents.create({ amount: 701, currency: 'eur' }, { idempotencyKey }), Stripe.errors.StripeIdempotencyError);
    assert.equal(error.statusCode, 400);
    const declinedKey = { idempotencyKey: randomUUID() };
    const decline = { amount: 900, currency: 'eur', confirm: true, payment_method: 'pm_card_chargeDeclined' };
    const one = await refused(stripe.paymentIntents.create(decline, declinedKey), Stripe.errors.StripeCardError);
    const two = await refused(stripe.paymentIntents.create(decline, declinedKey), Stripe.errors.StripeCardError);
    assert.equal(one.payment_intent.id, two.payment_intent.id);
  },

  async 'the worked example: transfers, reversal, refund, payout'() {
    const [a, b] = [await workshop(), await workshop()];
    await control('/sandbox/clock', { advance: '3d' });
    const sum = async () => {
      const { available, pending } = await stripe.balance.retrieve();
      return available[0].amount + pending[0].amount;
    };
    const before = await sum();
    const { latest_charge: charge } = await pay(120000);
    const share = (destination, amount) => stripe.transfers.create({ amount, currency: 'eur', destination, source_transaction: charge });
    const toA = await share(a, 64400);
    await share(b, 46000);
    const tooMuch = await refused(share(b, 9601), Stripe.errors.StripeInvalidRequestError);
    assert.equal(tooMuch.param, 'amount');
    const reversal = await stripe.transfers.createReversal(toA.id, { amount: 27600 });
    assert.equal(reversal.object, 'transfer_reversal');
    const refund = await stripe.refunds.create({ charge, amount: 30000 });
    assert.equal(refund.status, 'succeeded');
    const over = await refused(stripe.refunds.create({ charge, amount: 90001 }), Stripe.errors.StripeInvalidRequestError);
    assert.equal(over.statusCode, 400);
    assert.equal(await sum() - before, 5375);
    const transfer = await stripe.transfers.retrieve(toA.id);
    assert.equal(transfer.amount_reversed, 27600);
    assert.equal(transfer.reversals.data[0].id, reversal.id);

    await control('/sandbox/clock', { advance: '3d' });
    const at = { stripeAccount: a };
    const workshopBalance = await stripe.balance.retrieve({}, at);
    assert.equal(workshopBalance.available[0].amount, 36800);
    const payout = await stripe.payouts.create({ amount: 36800, currency: 'eur' }, at);
    assert.equal(payout.status, 'pending');
    const empty = await refused(stripe.payouts.create({ amount: 1, currency: 'eur' }, at), Stripe.errors.StripeInvalidRequestError);
    assert.equal(empty.code, 'balance_insufficient');
  },

  async 'automatic payout is made of its balance transactions'() {
    await pay(20000, 'pm_card_bypassPending');
    const payout = await control('/sandbox/payouts');
    assert.equal(payout.automatic, true);
    let net = 0;
    let own = 0;
    for await (const entry of stripe.balanceTransactions.list({ payout: payout.id, limit: 3, expand: ['data.source'] })) {
      if (entry.source.id === payout.id) own = entry.net;
      else net += entry.net;
    }
    assert.equal(net, payout.amount);
    assert.equal(own, -payout.amount);
    await control(`/sandbox/payouts/${payout.id}/paid`);
    assert.equal((await stripe.payouts.retrieve(payout.id)).status, 'paid');
    const statement = await (await fetch(new URL('/bank/statement?from=2020-01-01&to=2099-12-31', base))).text();
    assert.ok(statement.includes(`STRIPE ${payout.id}`));
  },

  async 'pagination is stable and complete'() {
    const made = [];
    for (let i = 0; i < 7; i++) made.push((await stripe.customers.create({ email: 'page@demo.invalid', name: `Client ${i}` })).id);
    const seen = [];
    for await (const customer of stripe.customers.list({ email: 'page@demo.invalid', limit: 3 })) seen.push(customer.id);
    assert.deepEqual(seen, made.reverse());
    const page = await stripe.customers.list({ email: 'page@demo.invalid', limit: 2, ending_before: made[4] });
    assert.deepEqual(page.data.map(c => c.id), [made[2], made[3]]);
    assert.equal(page.has_more, true);
  },

  async 'checkout session, line items, expiry'() {
    const session = await stripe.checkout.sessions.create({
      mode: 'payment', client_reference_id: 'CMD-3', customer_email: 'client@demo.invalid', metadata: { order: 'CMD-3' },
      line_items: [{ quantity: 2, price_data: { currency: 'eur', unit_amount: 18000, product_data: { name: 'Banc' } } }],
      payment_intent_data: { transfer_group: 'CMD-3', metadata: { order: 'CMD-3' } },
      success_url: 'http://127.0.0.1:9/merci?session={CHECKOUT_SESSION_ID}', cancel_url: 'http://127.0.0.1:9/retour',
      expires_at: Math.floor(Date.now() / 1000) + 1860,
    });
    assert.equal(session.amount_total, 36000);
    const answer = await fetch(session.url, {
      method: 'POST', redirect: 'manual',
      body: new URLSearchParams({ means: 'card', cardNumber: '4242 4242 4242 4242', cardExpiry: '12 / 48', cardCvc: '123', billingName: 'Cliente Imaginaire' }),
    });
    assert.ok(answer.headers.get('location').endsWith(`/merci?session=${session.id}`));
    const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['line_items', 'payment_intent.latest_charge'] });
    assert.deepEqual([paid.status, paid.payment_status], ['complete', 'paid']);
    assert.equal(paid.line_items.data[0].description, 'Banc');
    assert.equal(paid.payment_intent.latest_charge.transfer_group, 'CMD-3');
    await refused(stripe.checkout.sessions.expire(session.id), Stripe.errors.StripeInvalidRequestError);
  },

  async 'webhook signatures, also while the secret rotates'() {
    const received = [];
    const server = http.createServer((request, response) => {
      const chunks = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        received.push({ body: Buffer.concat(chunks), signature: request.headers['stripe-signature'] });
        response.end();
      });
    });
    await new Promise(done => server.listen(0, '127.0.0.1', done));
    const next = async () => {
      for (let i = 0; i < 100 && received.length === 0; i++) await new Promise(done => setTimeout(done, 50));
      assert.ok(received.length > 0, 'no webhook arrived in 5 s');
      return received.shift();
    };
    try {
      const endpoint = await stripe.webhookEndpoints.create({
        url: `http://127.0.0.1:${server.address().port}/hook`, enabled_events: ['customer.created'],
      });
      const customer = await stripe.customers.create({ name: 'Écoute' });
      const first = await next();
      const event = stripe.webhooks.constructEvent(first.body, first.signature, endpoint.secret);
      assert.equal(event.type, 'customer.created');
      assert.equal(event.data.object.id, customer.id);
      assert.throws(() => stripe.webhooks.constructEvent(first.body, first.signature, 'whsec_wrong'));
      const { secret } = await control('/sandbox/webhooks/rotate', { endpoint: endpoint.id });
      await stripe.customers.create({ name: 'Écoute encore' });
      const second = await next();
      stripe.webhooks.constructEvent(second.body, second.signature, endpoint.secret);
      stripe.webhooks.constructEvent(second.body, second.signature, secret);
      await stripe.webhookEndpoints.del(endpoint.id);
    } finally {
      server.close();
    }
  },

  async 'errors have the kinds that the SDK knows'() {
    await refused(new Stripe('sk_test_wrong', options).balance.retrieve(), Stripe.errors.StripeAuthenticationError);
    const unknown = await refused(stripe.customers.create({ nmae: 'x' }), Stripe.errors.StripeInvalidRequestError);
    assert.equal(unknown.code, 'parameter_unknown');
    assert.equal(unknown.param, 'nmae');
    await control('/sandbox/faults', { kind: '429' });
    await refused(stripe.balance.retrieve(), Stripe.errors.StripeRateLimitError);
    await control('/sandbox/faults', { kind: '500' });
    await refused(stripe.balance.retrieve(), Stripe.errors.StripeAPIError);
    await control('/sandbox/faults', { kind: 'html502' });
    await refused(stripe.balance.retrieve(), Stripe.errors.StripeError);
    // The SDK tries a kept-alive connection once more when it was reset.
    await control('/sandbox/faults', { kind: 'reset', path: '/v1/balance', count: 2 });
    await refused(stripe.balance.retrieve(), Stripe.errors.StripeConnectionError);
    await control('/sandbox/faults/clear');
  },

  async 'the SDK retries through faults and pays once'() {
    const patient = new Stripe('sk_test_sandbox', { ...options, maxNetworkRetries: 2 });
    for (const kind of ['500', 'reset', 'timeout_after_commit']) {
      const group = randomUUID();
      await control('/sandbox/faults', { kind, path: '/v1/payment_intents', method: 'POST', delayMs: 0 });
      const intent = await patient.paymentIntents.create({ amount: 4200, currency: 'eur', transfer_group: group, confirm: true, payment_method: 'pm_card_visa' });
      assert.equal(intent.status, 'succeeded');
      assert.equal((await stripe.charges.list({ transfer_group: group })).data.length, 1, kind);
    }
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`ok ${name}`);
  } catch (error) {
    failed++;
    console.log(`not ok ${name}\n${error.stack}`);
  }
}
process.exit(failed ? 1 : 0);
