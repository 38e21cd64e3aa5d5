import { AdminClient } from '../support/admin-client';
import { errorCode, type EventsShop } from '../support/events-shop';
import { succeeded } from '../support/results';
import { STAFF } from '../support/staff';
import { waitFor } from '../support/wait-for';

export function staffTests(events: EventsShop): void {
  describe('staff', () => {
    it('replay a range to one handler', async () => {
      const from = new Date();
      await events.publish('ProbeHappened', 'replayed', [1, 2]);
      await events.waitForStates('probe.record', 'replayed', ['done', 'done']);
      const input = {
        handler: 'probe.record',
        from,
        to: new Date(Date.now() + 60_000),
        aggregateType: 'Probe',
        aggregateId: 'replayed',
      };
      const estimate = await events.admin.api.request<{ domainEventReplayEstimate: object }>(
        `query ($input: DomainEventReplayInput!) { domainEventReplayEstimate(input: $input) { events again first } }`,
        { input },
      );
      expect(estimate.domainEventReplayEstimate).toEqual({ events: 2, again: 2, first: 0 });
      const replay = (values: object) =>
        events.admin.api.request(
          `mutation ($input: DomainEventReplayInput!) { replayDomainEvents(input: $input) { events } }`,
          { input: { ...input, ...values } },
        );
      await replay({});
      await waitFor(
        async () => ((await events.effectsOf('probe.record', 'replayed')).length === 4 ? true : undefined),
        {
          what: 'the replay',
        },
      );
      expect((await events.effectsOf('probe.record', 'replayed')).map(({ number }) => number)).toEqual([
        1, 2, 1, 2,
      ]);
      expect(await errorCode(replay({ handler: 'probe.call' }))).toBe('EFFECT_HANDLER');
      expect(await errorCode(replay({ handler: 'no.one' }))).toBe('HANDLER_NOT_FOUND');
      expect(await errorCode(replay({ eventTypes: ['ProbeStrict'] }))).toBe('NOT_SUBSCRIBED');
      expect(await errorCode(replay({ to: from }))).toBe('WRONG_RANGE');
    });

    it('need the permission', async () => {
      const nobody = new AdminClient(events.shop.baseUrl);
      expect(await errorCode(nobody.api.request('{ domainEvents { totalItems } }'))).toBe('FORBIDDEN');
      expect(
        await errorCode(
          nobody.api.request('mutation { retryDomainEventDeliveries(ids: ["1"]) { refused { id } } }'),
        ),
      ).toBe('FORBIDDEN');
    });

    it('see every handler with its backlog', async () => {
      const { domainEventHandlers } = await events.admin.api.request<{
        domainEventHandlers: Array<{ name: string; kind: string; backlog: number; registered: boolean }>;
      }>('{ domainEventHandlers { name kind eventTypes strict backlog lagSeconds deadLetters registered } }');
      expect(domainEventHandlers).toContainEqual(
        expect.objectContaining({ name: 'probe.call', kind: 'effect', strict: false, registered: true }),
      );
    });

    it('see every kind of event that there can be', async () => {
      const { domainEventTypes } = await events.admin.api.request<{
        domainEventTypes: Array<{ name: string; aggregateType: string }>;
      }>('{ domainEventTypes { name aggregateType } }');
      expect(domainEventTypes).toContainEqual({ name: 'ProbeHappened', aggregateType: 'Probe' });
      expect(domainEventTypes).toContainEqual({ name: 'OrderPlaced', aggregateType: 'Order' });
      const names = domainEventTypes.map(({ name }) => name);
      expect(names).toEqual([...names].sort());
      const nobody = new AdminClient(events.shop.baseUrl);
      expect(await errorCode(nobody.api.request('{ domainEventTypes { name } }'))).toBe('FORBIDDEN');
    });

    it('see and change the events of their channel only, in the default channel all', async () => {
      const { token } = await events.admin.createChannel('events-outlet');
      const outlet = await AdminClient.signedIn(events.shop.baseUrl, { headers: { 'vendure-token': token } });
      await events.publish('ProbeHappened', 'main', [1]);
      await outlet.api.request(
        `mutation { publishProbes(input: { eventType: "ProbeHappened", aggregateId: "outlet", numbers: [1] }) }`,
      );
      const [main] = await events.waitForStates('probe.record', 'main', ['done']);
      const [own] = await events.waitForStates('probe.record', 'outlet', ['done']);
      const ids = [main!.id, own!.id];
      const ask = async <T>(document: string) =>
        Object.values(await outlet.api.request<Record<string, T>>(document, {}))[0];

      for (const list of ['domainEvents', 'domainEventDeliveries']) {
        const seen = await ask<{ items: Array<{ aggregateId: string }>; totalItems: number }>(
          `{ ${list}(options: { filter: { aggregateType: { eq: "Probe" } } }) { items { aggregateId } totalItems } }`,
        );
        expect(seen?.totalItems).toBeGreaterThan(0);
        expect(seen?.items.every(({ aggregateId }) => aggregateId === 'outlet')).toBe(true);
      }
      const [{ sequence } = { sequence: '' }] = await events.query<{ sequence: string }>(
        'SELECT "sequence"::text FROM domain_event_delivery WHERE "id" = $1',
        [main!.id],
      );
      expect(await ask(`{ domainEvent(id: "${sequence}") { id } }`)).toBeNull();
      expect(
        await ask(`{ dryRunDomainEvents(deliveryIds: ${JSON.stringify(ids)}) { delivery { id } } }`),
      ).toEqual([{ delivery: { id: own!.id } }]);
      for (const change of ['retryDomainEventDeliveries(', 'discardDomainEventDeliveries(reason: "no", ']) {
        const { refused } = (await ask<{ refused: Array<{ id: string; code: string }> }>(
          `mutation { ${change}ids: ${JSON.stringify(ids)}) { refused { id code } } }`,
        ))!;
        expect(refused.find(({ id }) => id === main!.id)?.code).toBe('NOT_FOUND');
        expect(refused.find(({ id }) => id === own!.id)?.code).toMatch(/NOT_DEAD|FINISHED/);
      }
      const range = `input: { handler: "probe.record", from: "2020-01-01T00:00:00Z", to: "2030-01-01T00:00:00Z" }`;
      for (const document of [
        '{ domainEventHandlers { name } }',
        `{ domainEventReplayEstimate(${range}) { events } }`,
        `mutation { replayDomainEvents(${range}) { events } }`,
        'mutation { retireDomainEventHandler(name: "gone", reason: "gone") { name } }',
      ])
        expect(await errorCode(ask(document))).toBe('DEFAULT_CHANNEL_ONLY');
    });

    it('find what they discarded as long after that as any processed event', async () => {
      await events.publish('ProbeHappened', 'purged', [1, 2, 3]);
      await events.waitForStates('probe.record', 'purged', ['done', 'done', 'done']);
      const change = (number: number, assignments: string) =>
        events.query(
          `UPDATE domain_event_delivery SET ${assignments}
            WHERE "sequence" IN (SELECT "id" FROM domain_event
              WHERE "aggregateId" = 'purged' AND ("eventData"->>'number')::int = $1)`,
          [number],
        );
      const left = async () =>
        (
          await events.query<{ number: number }>(
            `SELECT ("eventData"->>'number')::int AS number FROM domain_event
              WHERE "aggregateId" = 'purged' ORDER BY "id"`,
          )
        ).map(({ number }) => number);
      await events.query(
        `UPDATE domain_event SET "timestamp" = now() - interval '100 days' WHERE "aggregateId" = 'purged'`,
      );
      for (const number of [1, 2]) await change(number, `"finishedAt" = now() - interval '100 days'`);
      // The second was discarded by staff a moment ago.
      await change(2, `"state" = 'discarded', "reason" = 'a test', "changedAt" = now()`);
      await events.admin.api.request(
        'mutation { runScheduledTask(id: "domain-events-retention") { success } }',
      );
      await waitFor(async () => ((await left()).includes(1) ? undefined : true), { what: 'the purge' });
      expect(await left()).toEqual([2, 3]);
    });

    it("erase a customer's data from stored events", async () => {
      await events.publish('ProbeHappened', 'personal', [1], { customerId: 'c1', note: 'call me at home' });
      await events.publish('ProbeHappened', 'personal', [2], {
        customerId: 'c2',
        note: 'leave it next door',
      });
      await events.waitForStates('probe.record', 'personal', ['done', 'done']);
      const { personalDataBreaches } = await events.admin.api.request<{ personalDataBreaches: string[] }>(
        '{ personalDataBreaches(subject: "c1", bystander: "c2") }',
      );
      expect(personalDataBreaches).toEqual([]);
      const { exportedFields } = await events.admin.api.request<{ exportedFields: string[] }>(
        `query ($userId: String!) { exportedFields(customerId: "c2", userId: $userId) }`,
        { userId: succeeded(await events.admin.login(STAFF.username, STAFF.password)).id },
      );
      expect(exportedFields).toEqual([
        'domain_event.customerId',
        'domain_event.eventData ProbeHappened.note',
        'domain_event.userId',
      ]);
      const notes = await events.query<{ note: string | null; number: number }>(
        `SELECT "eventData"->>'note' AS note, ("eventData"->>'number')::int AS number FROM domain_event
          WHERE "aggregateId" = 'personal' ORDER BY "id"`,
      );
      expect(notes).toEqual([
        { note: null, number: 1 },
        { note: 'leave it next door', number: 2 },
      ]);
    });
  });
}
