import { DELIVERY, type Delivery, errorCode, type EventsShop } from '../support/events-shop';
import { sleep } from '../support/wait-for';

export function troubleTests(events: EventsShop): void {
  describe('trouble', () => {
    it('holds up only the handler and the aggregate; the dead letter is found, rehearsed, repaired and retried', async () => {
      await events.publish('ProbePoisoned', 'ill', [12, 13, 14]);
      await events.publish('ProbePoisoned', 'well', [1, 2]);
      // The other handler, the other aggregate, and after the dead letter its own aggregate too.
      await events.waitForStates('probe.echo', 'ill', ['done', 'done', 'done']);
      await events.waitForStates('probe.poisoned', 'well', ['done', 'done']);
      const [, dead] = await events.waitForStates('probe.poisoned', 'ill', ['done', 'dead', 'done']);
      expect(dead).toMatchObject({ attempts: 3, lastError: expect.stringContaining('poisoned') as string });

      const { domainEventDeadLetters } = await events.admin.api.request<{
        domainEventDeadLetters: { totalItems: number; items: Delivery[] };
      }>(`{ domainEventDeadLetters(options: { filter: { handler: { eq: "probe.poisoned" } } })
            { totalItems items { ${DELIVERY} } } }`);
      expect(domainEventDeadLetters.items.map(({ id }) => id)).toEqual([dead!.id]);

      const dryRun = async () => {
        const { dryRunDomainEvents } = await events.admin.api.request<{
          dryRunDomainEvents: Array<{ wouldRun: boolean; rehearsed: boolean; failure: string | null }>;
        }>(
          `query ($ids: [ID!]!) { dryRunDomainEvents(deliveryIds: $ids, rehearse: true)
             { wouldRun explanation rehearsed failure } }`,
          { ids: [dead!.id] },
        );
        return dryRunDomainEvents[0];
      };
      expect(await dryRun()).toMatchObject({
        wouldRun: true,
        rehearsed: true,
        failure: expect.stringContaining('poisoned') as string,
      });
      await events.repair('probe.poisoned');
      expect(await dryRun()).toMatchObject({ wouldRun: true, rehearsed: true, failure: null });
      // The rehearsal went through and left nothing.
      expect((await events.effectsOf('probe.poisoned', 'ill')).map(({ number }) => number)).toEqual([12, 14]);

      const { changed, refused } = await events.retry([dead!.id, '999999999']);
      expect(changed.map(({ id }) => id)).toEqual([dead!.id]);
      expect(refused).toEqual([{ id: '999999999', code: 'NOT_FOUND' }]);
      const [, retried] = await events.waitForStates('probe.poisoned', 'ill', ['done', 'done', 'done']);
      expect(retried?.changedBy).not.toBeNull();
      expect((await events.effectsOf('probe.poisoned', 'ill')).map(({ number }) => number)).toEqual([
        12, 14, 13,
      ]);
      expect((await events.retry([dead!.id])).refused).toEqual([{ id: dead!.id, code: 'NOT_DEAD' }]);
    });

    it('holds a strict lane until staff discard the dead letter, with a reason', async () => {
      await events.publish('ProbeStrict', 'strict', [13, 14]);
      const [dead] = await events.waitForStates('probe.strict', 'strict', ['dead', 'waiting']);
      await events.publish('ProbeStrict', 'strict', [15]);
      await sleep(1_500);
      await events.waitForStates('probe.strict', 'strict', ['dead', 'waiting', 'waiting'], 1_000);
      expect(await errorCode(events.discard([dead!.id], '  '))).toBe('REASON_REQUIRED');
      const { changed } = await events.discard([dead!.id], 'a test order');
      expect(changed).toMatchObject([{ state: 'discarded', reason: 'a test order' }]);
      await events.waitForStates('probe.strict', 'strict', ['discarded', 'done', 'done']);
      expect((await events.effectsOf('probe.strict')).map(({ number }) => number)).toEqual([14, 15]);
      expect((await events.discard([dead!.id], 'again')).refused).toEqual([
        { id: dead!.id, code: 'FINISHED' },
      ]);
    });

    it('ends a handler that takes too long, and nothing of it stays', async () => {
      await events.publish('ProbeHung', 'hung', [1]);
      const [dead] = await events.waitForStates('probe.hang', 'hung', ['dead']);
      expect(dead).toMatchObject({
        attempts: 2,
        lastError: expect.stringContaining('longer than its limit of 300 ms') as string,
      });
      await sleep(700); // its late writes
      expect(await events.effectsOf('probe.hang')).toEqual([]);
    });

    it('gives an effect the same idempotency key on every attempt', async () => {
      const eventIds = await events.publish('ProbeCalled', 'called', [1, 13, 2]);
      await events.waitForStates('probe.call', 'called', ['done', 'done', 'done'], 50_000);
      const calls = await events.effectsOf('probe.call');
      expect(calls.map(({ number }) => number)).toEqual([1, 13, 13, 13, 2]);
      expect(new Set(calls.map(({ key }) => key))).toEqual(new Set(eventIds.map(id => `${id}:probe.call`)));
    });
  });
}
