import { GraphqlClient, type GraphqlAnswer } from '../graphql-client';
import { ADDRESS, newEmail } from '../shopping';
import { seededRandom } from '../random';
import { sleep } from '../wait-for';

/** How one shopper's checkout ended. `failed` is what no shopper may ever see: no answer, or a GraphQL error. */
export type Outcome = 'paid' | 'refused' | 'declined' | 'failed';

export interface CheckoutRace {
  /** The servers; the shoppers are spread over them. */
  baseUrls: string[];
  variantId: string;
  shoppers: number;
  /** Units that each wants. */
  quantity?: number;
  /** How many of 100 payments the provider declines; those shoppers give up and leave their hold behind. */
  declinePercent?: number;
  /** How many go to the checkout before all others and leave: their units are held until that time is over. */
  leavers?: number;
  /** How long (ms) those who were refused come back to see whether something was let go. */
  patienceMs?: number;
  paymentMethod: string;
  shippingMethodId: string;
  seed: number;
  /** Asks for nothing that only Tradewind can answer. */
  anyVendure?: boolean;
}

export interface CheckoutRaceResult {
  outcomes: Record<Outcome, number>;
  /** What the failed ones were told. */
  failures: string[];
  /** The refusals' messages, each once. */
  refusals: string[];
}

interface Shopper {
  api: GraphqlClient;
  declines: boolean;
  /** How long they wait (ms) before they come back. */
  pauseMs: number;
  /** They have come to the payment. */
  paying: boolean;
}

interface Result {
  __typename: string;
  message?: string;
  transitionError?: string;
  lines?: { message: string }[];
}

const PREPARE = `mutation($variantId: ID!, $quantity: Int!, $customer: CreateCustomerInput!, $address: CreateAddressInput!, $methods: [ID!]!) {
  addItemToOrder(productVariantId: $variantId, quantity: $quantity) { __typename ... on ErrorResult { message } }
  setCustomerForOrder(input: $customer) { __typename ... on ErrorResult { message } }
  setOrderShippingAddress(input: $address) { __typename ... on ErrorResult { message } }
  setOrderShippingMethod(shippingMethodId: $methods) { __typename ... on ErrorResult { message } }
}`;

const LEFT = '... on InsufficientStockError { lines { message } }';

const CHECK_OUT = `mutation { result: transitionOrderToState(state: "ArrangingPayment") { __typename ... on ErrorResult { message } ${LEFT} ... on OrderStateTransitionError { transitionError } } }`;

const PAY = `mutation($input: PaymentInput!) { result: addPaymentToOrder(input: $input) { __typename ... on ErrorResult { message } ${LEFT} } }`;

interface End {
  outcome: Outcome;
  message: string;
}

/** Every shopper fills a cart; then all go to the checkout and pay at the same time. */
export async function raceCheckouts(race: CheckoutRace): Promise<CheckoutRaceResult> {
  const random = seededRandom(race.seed);
  const shoppers: Shopper[] = [];
  const { leavers = 0, patienceMs = 0 } = race;
  for (let i = 0; i < race.shoppers + leavers; i += 1) {
    const baseUrl = race.baseUrls[i % race.baseUrls.length] ?? '';
    shoppers.push({
      api: new GraphqlClient(`${baseUrl}/shop-api`, { timeoutMs: 600_000 }),
      declines: random() * 100 < (race.declinePercent ?? 0),
      pauseMs: patienceMs * (0.2 + 0.3 * random()),
      paying: false,
    });
  }
  await inBatches(shoppers, 8, shopper => prepare(shopper, race));
  const result: CheckoutRaceResult = {
    outcomes: { paid: 0, refused: 0, declined: 0, failed: 0 },
    failures: [],
    refusals: [],
  };
  for (const shopper of shoppers.splice(0, leavers)) {
    const refusal = await goToPayment(shopper, race);
    if (refusal !== undefined) throw new Error(`The first ones find units: ${reason(refusal)}`);
  }
  const until = Date.now() + patienceMs;
  await Promise.all(
    shoppers.map(async shopper => {
      const { outcome, message } = await checkOutBy(until, shopper, race);
      result.outcomes[outcome] += 1;
      if (outcome === 'failed') result.failures.push(message);
      if (outcome === 'refused' && !result.refusals.includes(message)) result.refusals.push(message);
    }),
  );
  return result;
}

async function prepare({ api }: Shopper, race: CheckoutRace): Promise<void> {
  const data = await api.request<Record<string, Result>>(PREPARE, {
    variantId: race.variantId,
    quantity: race.quantity ?? 1,
    customer: { emailAddress: newEmail('racer'), firstName: 'Ada', lastName: 'Byron' },
    address: ADDRESS,
    methods: [race.shippingMethodId],
  });
  for (const [field, result] of Object.entries(data)) {
    if (result.__typename !== 'Order') throw new Error(`${field}: ${result.message}`);
  }
}

async function checkOutBy(until: number, shopper: Shopper, race: CheckoutRace): Promise<End> {
  for (;;) {
    const end = await checkOut(shopper, race);
    if (end.outcome !== 'refused' || Date.now() >= until) return end;
    await sleep(shopper.pauseMs);
  }
}

async function checkOut(shopper: Shopper, race: CheckoutRace): Promise<End> {
  try {
    const refusal = await goToPayment(shopper, race);
    if (refusal !== undefined) return { outcome: 'refused', message: reason(refusal) };
    const metadata = shopper.declines ? { shouldDecline: true } : {};
    const paid = read(
      await shopper.api.send<{ result: Result }>(operation(PAY, race), {
        input: { method: race.paymentMethod, metadata },
      }),
    );
    if (paid.__typename === 'Order') return { outcome: 'paid', message: '' };
    const outcome = paid.__typename === 'PaymentDeclinedError' ? 'declined' : 'refused';
    return { outcome, message: reason(paid) };
  } catch (error) {
    return { outcome: 'failed', message: (error as Error).message };
  }
}

/** Gives the refusal, if it is one. */
async function goToPayment(shopper: Shopper, race: CheckoutRace): Promise<Result | undefined> {
  if (shopper.paying) return undefined;
  const entered = read(await shopper.api.send<{ result: Result }>(operation(CHECK_OUT, race)));
  shopper.paying = entered.__typename === 'Order';
  return shopper.paying ? undefined : entered;
}

function operation(document: string, { anyVendure = false }: CheckoutRace): string {
  return anyVendure ? document.replace(LEFT, '') : document;
}

/** What the shopper is told, as exactly as the answer has it. */
function reason({ lines, transitionError, message }: Result): string {
  return lines?.[0]?.message ?? transitionError ?? message ?? '';
}

function read(answer: GraphqlAnswer<{ result: Result }>): Result {
  if (answer.status >= 500 || answer.data === null || answer.errors.length > 0) {
    throw new Error(`${answer.status}: ${answer.errors.map(({ message }) => message).join('; ')}`);
  }
  return answer.data.result;
}

/** A few at a time: filling carts is not what is raced. */
export async function inBatches<T>(
  items: readonly T[],
  size: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  for (let i = 0; i < items.length; i += size) await Promise.all(items.slice(i, i + size).map(work));
}
