import { Random } from '../../scripts/seed/random';
import type { EventsShop } from '../support/events-shop';
import { proofSeed, proofSize } from '../support/proof';
import { sleep, waitFor } from '../support/wait-for';

/** How often a worker is killed, and over how many events. */
const {
  kills,
  events: total,
  aggregates,
} = proofSize({
  small: { kills: 3, events: 300, aggregates: 20 },
  full: { kills: 50, events: 10_000, aggregates: 200 },
});

/** What the plugin promises for the deliveries of a dead worker. */
const TAKEOVER_MS = 30_000;

/** A worker's lease and a restart, on a busy machine, for each attempt that kills its worker. */
const KILLER_MS = 150_000;

const random = Random.of(proofSeed);

export function killedWorkerTests(events: EventsShop): void {
  describe('workers that are killed', () => {
    async function open(): Promise<number> {
      const [row] = await events.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM domain_event_delivery
          WHERE "handler" = 'probe.record' AND "state" NOT IN ('done', 'dead', 'discarded')`,
      );
      return row?.n ?? 0;
    }

    it(
      'lose nothing, repeat nothing and keep the order, and are replaced in time',
      async () => {
        await events.second.start();
        await events.query(`DELETE FROM probe_effect`);
        const published = new Map<string, number>();
        let number = 0;
        const publishSome = async (count: number) => {
          for (let done = 0; done < count; done += 10) {
            const aggregate = `raced-${random.int(0, aggregates - 1)}`;
            const numbers = Array.from({ length: Math.min(10, count - done) }, () => (number += 1));
            for (const id of await events.publish('ProbeHappened', aggregate, numbers))
              published.set(id, number);
          }
        };
        for (let round = 0; round < kills; round += 1) {
          const share = Math.ceil(total / (kills + 1));
          const victim = random.int(0, 1) === 0 ? events.shop.worker : events.second;
          await Promise.all([
            publishSome(share),
            sleep(random.int(20, 800)).then(() => victim.kill('SIGKILL')),
          ]);
          if (round < kills - 1) await victim.start();
          else await takesOver(() => publishSome(share));
        }
        const effects = await events.effectsOf('probe.record');
        expect(effects.map(({ eventId }) => eventId).sort()).toEqual([...published.keys()].sort());
        const last = new Map<string, number>();
        for (const { aggregateId, version } of effects) {
          expect([aggregateId, version]).toEqual([aggregateId, (last.get(aggregateId) ?? 0) + 1]);
          last.set(aggregateId, version);
        }
        await events.shop.restart();
      },
      proofSize({ small: 150_000, full: 1_800_000 }),
    );

    /** One worker is dead and stays dead: the other one finishes what both had. */
    async function takesOver(publishRest: () => Promise<void>): Promise<void> {
      const killed = Date.now();
      await publishRest();
      await waitFor(async () => ((await open()) === 0 ? true : undefined), {
        what: 'the takeover',
        timeoutMs: Math.max(1_000, killed + TAKEOVER_MS - Date.now()),
      });
    }

    it(
      'by an event come to an end as a dead letter',
      async () => {
        await events.second.kill('SIGTERM');
        await events.publish('ProbeKilled', 'killer', [1]);
        await events.publish('ProbeHappened', 'beside-the-killer', [1]);
        const [dead] = await waitFor(
          async () => {
            if (!events.shop.worker.running) await events.shop.restart();
            const deliveries = await events.deliveriesOf('probe.kill', 'killer');
            return deliveries[0]?.state === 'dead' ? deliveries : undefined;
          },
          { what: 'the dead letter of an event that kills', timeoutMs: KILLER_MS - 20_000 },
        );
        expect(dead).toMatchObject({ attempts: 2, crashes: 2 });
        expect(await events.effectsOf('probe.kill')).toEqual([]);
        await events.waitForStates('probe.record', 'beside-the-killer', ['done']);
        await events.repair('probe.kill');
        await events.retry([dead!.id]);
        await events.waitForStates('probe.kill', 'killer', ['done']);
        expect(await events.effectsOf('probe.kill')).toHaveLength(1);
      },
      KILLER_MS,
    );

    it('by SIGTERM hand back what they have not begun', async () => {
      await events.publish(
        'ProbeHappened',
        'handed-back',
        Array.from({ length: 100 }, (_, index) => index),
      );
      await events.shop.worker.kill('SIGTERM');
      const [busy] = await events.query<{ n: number; workers: number }>(
        `SELECT count(*) FILTER (WHERE "state" = 'running')::int AS n,
                (SELECT count(*)::int FROM domain_event_worker WHERE "aliveUntil" > now()) AS workers
           FROM domain_event_delivery`,
      );
      expect(busy).toEqual({ n: 0, workers: 0 });
      await events.shop.restart();
      await waitFor(async () => ((await open()) === 0 ? true : undefined), { what: 'the rest' });
      const effects = await events.effectsOf('probe.record', 'handed-back');
      expect(effects.map(({ number }) => number)).toEqual(Array.from({ length: 100 }, (_, index) => index));
    });
  });
}
