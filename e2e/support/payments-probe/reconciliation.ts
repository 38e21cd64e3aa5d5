import type { AdminClient } from '../admin-client';
import { query } from '../sql';
import { waitFor } from '../wait-for';
import { signed, SIGNATURE_HEADER } from '../webhook-probe/signed-provider';
import type { GatewayMessage } from './probe-provider';
import type { PaymentsShop } from './shop';

export interface Side {
  status: string;
  captured: number;
  refunded: number;
}

export interface DifferenceView {
  id: string;
  kind: string;
  status: string;
  provider: string;
  order: { code: string } | null;
  attempt: { id: string; reference: string } | null;
  currencyCode: string;
  amount: number;
  ours: Side;
  theirs: Side | null;
  actions: string[];
  resolution: string | null;
  resolvedBy: { emailAddress: string } | null;
  note: string | null;
}

const FIELDS = `id kind status provider order { code } attempt { id reference } currencyCode amount
  ours { status captured refunded } theirs { status captured refunded } actions resolution
  resolvedBy { emailAddress } note`;

export interface RunView {
  id: string;
  state: string;
  checked: number;
  repaired: number;
  differences: number;
  unreachable: number;
  error: string | null;
}

const RUN = 'id state checked repaired differences unreachable error';

/** Staff who look after the differences of a shop. */
export class ReconciliationDesk {
  constructor(
    private readonly shop: Pick<PaymentsShop, 'database' | 'admin'> & { shop: { baseUrl: string } },
    private readonly admin: AdminClient = shop.admin,
  ) {}

  /** Makes payments due, as time would. */
  async due(orderId?: string): Promise<void> {
    await query(
      `UPDATE payment_attempt SET "compareAt" = now() - interval '1 second'
       WHERE "compareAt" IS NOT NULL AND ($1::int IS NULL OR "orderId" = $1::int)`,
      [orderId ?? null],
      this.shop.database,
    );
  }

  async start(): Promise<RunView> {
    const { run } = await this.admin.api.request<{ run: RunView }>(
      `mutation { run: reconcilePayments { ${RUN} } }`,
    );
    return run;
  }

  async run(id: string): Promise<RunView> {
    const { runs } = await this.admin.api.request<{ runs: { items: RunView[] } }>(
      `query ($options: PaymentReconciliationRunListOptions) {
         runs: paymentReconciliationRuns(options: $options) { items { ${RUN} } } }`,
      { options: { filter: { id: { eq: id } } } },
    );
    return runs.items[0]!;
  }

  /** Compares an order's payments (or all) now, and gives the run once it has ended. */
  async reconcile(orderId?: string): Promise<RunView> {
    await this.due(orderId);
    const { id } = await this.start();
    return this.ended(id);
  }

  ended(id: string): Promise<RunView> {
    return waitFor(
      async () => {
        const run = await this.run(id);
        return run.state === 'done' || run.state === 'failed' ? run : undefined;
      },
      { what: `the run ${id} to end`, timeoutMs: 60_000 },
    );
  }

  async differences(filter: object): Promise<DifferenceView[]> {
    const { list } = await this.admin.api.request<{ list: { items: DifferenceView[] } }>(
      `query ($options: PaymentDifferenceListOptions) {
         list: paymentDifferences(options: $options) { items { ${FIELDS} } } }`,
      { options: { filter } },
    );
    return list.items;
  }

  ofOrder(orderId: string): Promise<DifferenceView[]> {
    return this.differences({ orderId: { eq: orderId } });
  }

  async resolve(
    id: string,
    action: string,
    more: object = {},
  ): Promise<Partial<DifferenceView> & { __typename: string; message?: string; problem?: string }> {
    const { result } = await this.admin.api.request<{ result: DifferenceView & { __typename: string } }>(
      `mutation ($input: ResolvePaymentDifferenceInput!) { result: resolvePaymentDifference(input: $input) {
         __typename ... on PaymentDifference { ${FIELDS} } ... on ErrorResult { message }
         ... on PaymentDifferenceActionError { problem } } }`,
      { input: { id, action, reason: 'looked it up', ...more } },
    );
    return result;
  }

  /** Has the gateway send a message, as provider "first". */
  async message(message: Omit<GatewayMessage, 'type'>): Promise<void> {
    const body = JSON.stringify({ ...message, type: 'payment.changed' });
    const response = await fetch(`${this.shop.shop.baseUrl}/payments/webhooks/first`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signed(body) },
      body,
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    await waitFor(
      async () => {
        const [row] = await query<{ state: string }>(
          `SELECT state FROM payment_webhook WHERE "eventId" = $1`,
          [message.id],
          this.shop.database,
        );
        return row !== undefined && row.state !== 'received' ? row : undefined;
      },
      { what: `the message ${message.id} to be worked off` },
    );
  }
}
