import { keyOf } from '../../../src/plugins/fraud/testing';
import type { AdminClient } from '../admin-client';
import { guestAtPayment, pay, type Paid } from '../payments-probe/payments';
import type { PaymentsShop } from '../payments-probe/shop';
import type { ShopClient } from '../shop-client';
import { waitFor } from '../wait-for';
import { givePast } from './decisions';

export interface CaseView {
  __typename: string;
  id: string;
  status: string;
  score: number | null;
  recommendation: string | null;
  captured: boolean;
  dueAt: string;
  assignee: { emailAddress: string } | null;
  verdict: string | null;
  reason: string | null;
  problem: string | null;
  closedBecause: string | null;
  decidedBy: { emailAddress: string } | null;
  order: { id: string; code: string; state: string };
  notes: { text: string; author: { emailAddress: string } | null }[];
  history: { kind: string; by: { emailAddress: string } | null; text: string | null }[];
}

/** What a mutation of the queue answers: a case, or what stood in the way. */
export type CaseAnswer = CaseView & { errorCode?: string; message?: string; failure?: string };

const CASE = `... on FraudCase {
  id status score recommendation captured dueAt assignee { emailAddress } verdict reason problem closedBecause
  decidedBy { emailAddress } order { id code state }
  notes { text author { emailAddress } } history { kind by { emailAddress } text } }`;

const ANSWER = `__typename ${CASE}
  ... on ErrorResult { errorCode message }
  ... on FraudCaseTakenError { assignee { emailAddress } }
  ... on FraudCaseEndedError { status verdict }`;

/** The problem is nullable in a case: here it needs a name of its own. */
const DECISION = `${ANSWER} ... on FraudCaseDecisionFailedError { status failure: problem }`;

/** What staff do with the queue. */
export class ReviewClient {
  constructor(readonly staff: AdminClient) {}

  async list(queue: string, options: object = {}): Promise<CaseView[]> {
    const { fraudCases } = await this.staff.api.request<{ fraudCases: { items: CaseView[] } }>(
      `query ($queue: FraudCaseQueue, $options: FraudCaseListOptions) {
         fraudCases(queue: $queue, options: $options) { totalItems items { __typename ${CASE} } } }`,
      { queue, options },
    );
    return fraudCases.items;
  }

  async counts(): Promise<Record<string, number>> {
    const { fraudCaseCounts } = await this.staff.api.request<{ fraudCaseCounts: Record<string, number> }>(
      '{ fraudCaseCounts { open mine unassigned due failed } }',
    );
    return fraudCaseCounts;
  }

  async get(id: string): Promise<CaseView> {
    const { fraudCase } = await this.staff.api.request<{ fraudCase: CaseView }>(
      `query ($id: ID!) { fraudCase(id: $id) { __typename ${CASE} } }`,
      { id },
    );
    return fraudCase;
  }

  /** The case of an order, once it is as expected. */
  async ofOrder(orderId: string, is: (one: CaseView) => boolean = () => true): Promise<CaseView> {
    return waitFor(
      async () => {
        const { order } = await this.staff.api.request<{ order: { fraudCases: CaseView[] } }>(
          `query ($id: ID!) { order(id: $id) { fraudCases { __typename ${CASE} } } }`,
          { id: orderId },
        );
        return order.fraudCases.find(is);
      },
      { what: `a case of order ${orderId}`, timeoutMs: 40_000 },
    );
  }

  async next(except: string[] = []): Promise<CaseView | null> {
    const { one } = await this.staff.api.request<{ one: CaseView | null }>(
      `mutation ($except: [ID!]) { one: nextFraudCase(except: $except) { __typename ${CASE} } }`,
      { except },
    );
    return one;
  }

  assign(id: string, more: { administratorId?: string; takeOver?: boolean } = {}): Promise<CaseAnswer> {
    return this.change('assignFraudCase', 'AssignFraudCaseInput', { id, ...more });
  }

  note(id: string, text: string): Promise<CaseAnswer> {
    return this.change('addFraudCaseNote', 'FraudCaseNoteInput', { id, text });
  }

  approve(id: string, reason?: string): Promise<CaseAnswer> {
    return this.change('approveFraudCase', 'ApproveFraudCaseInput', { id, reason });
  }

  reject(id: string, reason = 'The card is stolen'): Promise<CaseAnswer> {
    return this.change('rejectFraudCase', 'RejectFraudCaseInput', { id, reason });
  }

  async release(id: string): Promise<CaseAnswer> {
    const { result } = await this.staff.api.request<{ result: CaseAnswer }>(
      `mutation ($id: ID!) { result: releaseFraudCase(id: $id) {
         __typename ${CASE} ... on ErrorResult { errorCode message } } }`,
      { id },
    );
    return result;
  }

  async decideAll(
    ids: string[],
    verdict: 'approve' | 'reject',
  ): Promise<{ id: string; result: CaseAnswer }[]> {
    const { results } = await this.staff.api.request<{ results: { id: string; result: CaseAnswer }[] }>(
      `mutation ($input: DecideFraudCasesInput!) { results: decideFraudCases(input: $input) {
         id result { ${DECISION} } } }`,
      { input: { ids, verdict, reason: 'Looked at together' } },
    );
    return results;
  }

  private async change(name: string, type: string, input: object): Promise<CaseAnswer> {
    const decides = name.startsWith('approve') || name.startsWith('reject');
    const { result } = await this.staff.api.request<{ result: CaseAnswer }>(
      `mutation ($input: ${type}!) { result: ${name}(input: $input) {
         ${decides ? DECISION : ANSWER} } }`,
      { input },
    );
    return result;
  }
}

/** Six attempts within the day: more than 5 are 15 points of velocity, and a rule of 30. */
export const MEDIUM = Array.from({ length: 6 }, (_, index) => ({ ms: (index + 1) * 3_600_000 }));

export interface RiskyOrder {
  client: ShopClient;
  paid: Paid;
  orderId: string;
  code: string;
}

/** An order of medium risk: it is paid, and staff have to look at it. */
export async function riskyOrder(
  payments: PaymentsShop,
  { method = payments.automatic, token = 'tok', quantity = 1, metadata = {} } = {},
): Promise<RiskyOrder> {
  const client = await guestAtPayment(payments.shop.baseUrl, payments.variantId, 'risky', quantity);
  const order = await client.activeOrder();
  await givePast(payments.database, keyOf('customer', order?.customer?.id ?? ''), MEDIUM);
  const paid = await pay(client, method, { ...(method.startsWith('routed') ? { token } : {}), ...metadata });
  if (paid.__typename !== 'Order') throw new Error(`The order was not paid: ${JSON.stringify(paid)}`);
  return { client, paid, orderId: String(paid.id), code: String(paid.code) };
}
