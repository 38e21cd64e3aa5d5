import type { Catalogue } from '../catalogue/catalogue';
import { CATEGORIES } from '../catalogue/taxonomy';
import { isRegistered } from '../people/customer';
import type { Customers } from '../people/customers';
import type { Random } from '../random';
import { fillBasket, type BasketLine } from './basket';
import { orderTimes } from './calendar';
import { drawLifecycle, type Lifecycle } from './lifecycle';

const GUEST_SHARE = 0.1;
const EXPRESS_SHARE = 0.2;
/** How often a customer's first order uses the welcome coupon. */
const COUPON_SHARE = 0.3;

/** An order as the simulation knows it: customers and variants by index, and no money yet. */
export interface SimulatedOrder extends Lifecycle {
  index: number;
  customer: number;
  express: boolean;
  coupon: boolean;
  lines: readonly BasketLine[];
}

const NONE = -1;

/**
 * A year of orders, in the order in which they were placed. What one order does to the next (who has bought,
 * and what can be bought again) makes the walk go forward only, so orders are handed out one at a time; a second
 * walk gives the same ones.
 */
export class OrderHistory {
  constructor(
    private readonly root: Random,
    readonly size: number,
    private readonly catalogue: Catalogue,
    private readonly customers: Customers,
    private readonly end: number,
  ) {}

  *walk(): Generator<SimulatedOrder, void> {
    const random = this.root.fork('orders');
    const times = orderTimes(random.fork('times'), this.size, this.end);
    const chooser = new CustomerChooser(random.fork('customers'), this.customers);
    const lastConsumable = new Int32Array(this.customers.size).fill(NONE);
    const hasOrdered = new Uint8Array(this.customers.size);
    for (let index = 0; index < this.size; index++) {
      const own = random.fork(index);
      const time = times[index] as number;
      const customer = chooser.choose(own, time);
      const taste = this.customers.taste(customer, this.catalogue.brandWeights);
      const before = lastConsumable[customer] as number;
      const lines = fillBasket(own, this.catalogue, taste, time, before === NONE ? undefined : before);
      // Everything in every category the customer likes may be newer than the order; then it is the oldest product.
      if (lines.length === 0) lines.push({ variant: this.catalogue.oldestVariant, quantity: 1 });
      const consumable = lines.find(line => this.isConsumable(line.variant));
      if (consumable !== undefined) lastConsumable[customer] = consumable.variant;
      const coupon = isRegistered(customer) && hasOrdered[customer] === 0 && own.chance(COUPON_SHARE);
      hasOrdered[customer] = 1;
      yield {
        index,
        customer,
        express: own.chance(EXPRESS_SHARE),
        coupon,
        lines,
        ...drawLifecycle(own, time, this.end),
      };
    }
  }

  private isConsumable(variant: number): boolean {
    const product = this.catalogue.productOfVariant[variant] as number;
    return CATEGORIES[this.catalogue.category[product] as number]?.consumable === true;
  }
}

/** Who orders next. Guests come one after the other, each usually once. */
class CustomerChooser {
  private readonly registered: number[] = [];
  private readonly cumulative: number[] = [];
  private readonly guests: number[] = [];
  private nextGuest = 0;

  constructor(
    random: Random,
    private readonly customers: Customers,
  ) {
    let sum = 0;
    for (let c = 0; c < customers.size; c++) {
      if (isRegistered(c)) {
        sum += customers.activity[c] as number;
        this.registered.push(c);
        this.cumulative.push(sum);
      } else {
        this.guests.push(c);
      }
    }
    this.guests = random.shuffle(this.guests);
  }

  choose(random: Random, time: number): number {
    if (this.guests.length > 0 && random.chance(GUEST_SHARE)) return this.guest(time);
    for (let attempt = 0; attempt < 30; attempt++) {
      const customer = this.draw(random);
      if ((this.customers.createdAt[customer] as number) <= time) return customer;
    }
    // The first customer has been there for longer than the year of orders.
    return 0;
  }

  private guest(time: number): number {
    const guest = this.guests[this.nextGuest % this.guests.length] as number;
    if (this.nextGuest < this.guests.length) this.customers.createdAt[guest] = time;
    this.nextGuest++;
    return guest;
  }

  private draw(random: Random): number {
    const point = random.float() * (this.cumulative.at(-1) as number);
    let low = 0;
    let high = this.cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.cumulative[middle] as number) > point) high = middle;
      else low = middle + 1;
    }
    return this.registered[low] as number;
  }
}
