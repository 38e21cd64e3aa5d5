import type { AdminClient } from '../admin-client';
import { GraphqlRequestError, TransportError } from '../graphql-client';
import { LifecycleStaff } from '../lifecycle';
import { waitFor } from '../wait-for';
import type { Way } from './ways';

/** Repeats what got no answer, and what is not so yet: shops come back within seconds, workers' tasks within a minute. */
export function insist<T>(work: () => Promise<T | undefined>, what: string): Promise<T> {
  return waitFor(
    async () => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof TransportError || saysTryAgain(error)) return undefined;
        throw error;
      }
    },
    { what, timeoutMs: 150_000, intervalMs: 150 },
  );
}

/** Nothing was changed, since others were before it for too long. */
function saysTryAgain(error: unknown): boolean {
  return (
    error instanceof GraphqlRequestError &&
    error.errors.every(({ extensions }) => extensions?.code === 'TRY_AGAIN')
  );
}

type Step = (id: string) => Promise<unknown>;

/** Staff whose program copes with lost answers: it asks where the order is before each step. */
export class PersistentStaff {
  readonly lifecycle: LifecycleStaff;

  constructor(private readonly admin: AdminClient) {
    this.lifecycle = new LifecycleStaff(admin);
  }

  private readonly pick: Step = id => this.fire(id, 'items_picked', ['processing'], 'ready_to_ship');
  private readonly dispatch: Step = id => this.fire(id, 'package_dispatched', ['ready_to_ship'], 'shipped');
  private readonly deliver: Step = id => this.fire(id, 'delivery_confirmed', ['shipped'], 'delivered');
  private readonly cancel =
    (...from: string[]): Step =>
    id =>
      this.fire(id, 'cancel', from, 'cancelled');
  private readonly send =
    (line: number): Step =>
    id =>
      insist(() => this.sendLine(id, line), `line ${line} of order ${id} to be sent`);

  /** What staff do with a paid order that goes this way. */
  readonly steps: Readonly<Record<Way, readonly Step[]>> = {
    prepared: [id => insist(() => this.statusIs(id, 'processing'), `order ${id} to be in preparation`)],
    packed: [this.pick],
    shipped: [this.pick, this.dispatch],
    delivered: [this.pick, this.dispatch, this.deliver],
    'half-sent': [this.pick, this.send(0)],
    'in-parts': [this.pick, this.send(0), this.send(1), this.deliver],
    'cancelled-at-once': [this.cancel('payment_confirmed', 'processing')],
    'cancelled-in-preparation': [this.cancel('processing')],
    'cancelled-packed': [this.pick, this.cancel('ready_to_ship')],
  };

  private fire(id: string, trigger: string, from: readonly string[], to: string): Promise<boolean> {
    return insist(async () => {
      const { lifecycleStatus: ifStatus } = await this.lifecycle.order(id);
      if (ifStatus === to) return true;
      if (!from.includes(ifStatus)) return undefined;
      const answer = await this.lifecycle.fire(id, trigger, { ifStatus });
      if (answer.__typename === 'Order') return true;
      // It has moved between the two requests: ask again.
      if (answer.__typename === 'InvalidTransitionError') return undefined;
      throw new Error(`${trigger} of order ${id}: ${answer.reason ?? answer.message}`);
    }, `${trigger} of order ${id}`);
  }

  private async statusIs(id: string, status: string): Promise<true | undefined> {
    return (await this.lifecycle.order(id)).lifecycleStatus === status ? true : undefined;
  }

  /** A parcel of one line, made once and sent. */
  private async sendLine(id: string, index: number): Promise<true> {
    const { lines, fulfillments } = await this.lifecycle.order(id);
    const line = [...lines].sort((a, b) => Number(a.id) - Number(b.id))[index]!;
    const made = fulfillments.find(parcel => parcel.lines.some(({ orderLineId }) => orderLineId === line.id));
    const parcel =
      made ??
      (await this.admin.fulfill([{ orderLineId: line.id, quantity: line.quantity }], `BY-HAND-${id}`));
    if (parcel.state === 'Pending') await this.admin.moveFulfillment(parcel.id, 'Shipped');
    return true;
  }
}
