import { createHash } from 'node:crypto';
import { Catalogue } from '../catalogue/catalogue';
import { CATEGORIES, DEPARTMENTS, categoryIndex } from '../catalogue/taxonomy';
import { isRegistered } from '../people/customer';
import { Customers } from '../people/customers';
import { Random } from '../random';
import { DAY_MS, HISTORY_DAYS, dayWeight, orderTimes } from './calendar';
import { OrderHistory, type SimulatedOrder } from './history';

const END = Date.UTC(2026, 5, 1);

function simulate(sizes: { products?: number; customers?: number; orders?: number; seed?: number } = {}) {
  const { products = 400, customers = 300, orders = 4_000, seed = 1 } = sizes;
  const random = Random.of(seed);
  const catalogue = new Catalogue(random, products, END);
  const people = new Customers(random, customers, END);
  const history = new OrderHistory(random, orders, catalogue, people, END);
  return { catalogue, people, history, all: [...history.walk()] };
}

const fingerprint = (orders: SimulatedOrder[]) =>
  createHash('sha256').update(JSON.stringify(orders)).digest('hex');

describe('a year of orders', () => {
  const { catalogue, people, history, all } = simulate();
  const productsOf = (order: SimulatedOrder) =>
    order.lines.map(line => catalogue.productOfVariant[line.variant]!);

  it('is the same for the same seed and on a second walk, and another for another seed', () => {
    expect(fingerprint([...history.walk()])).toBe(fingerprint(all));
    expect(fingerprint(simulate().all)).toBe(fingerprint(all));
    expect(simulate({ seed: 2, orders: 100 }).all).not.toEqual(simulate({ orders: 100 }).all);
  });

  it('has the same customers ordering at the same times when the shop has more products', () => {
    const who = (orders: SimulatedOrder[]) => orders.map(({ customer, placedAt }) => [customer, placedAt]);
    expect(who(simulate({ products: 450, orders: 1_000 }).all)).toEqual(who(simulate({ orders: 1_000 }).all));
  });

  it('is in order, within the year, after the customer and the goods were there', () => {
    const times = all.map(order => order.placedAt);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(END - HISTORY_DAYS * DAY_MS);
    expect(times.at(-1)).toBeLessThan(END);
    const tooEarly = all.filter(
      order =>
        people.createdAt[order.customer]! > order.placedAt ||
        productsOf(order).some(product => catalogue.createdAt[product]! > order.placedAt),
    );
    expect(tooEarly).toEqual([]);
  });

  it('fills each basket with one to eight different variants', () => {
    const wrong = all.filter(
      ({ lines }) =>
        lines.length < 1 ||
        lines.length > 8 ||
        new Set(lines.map(line => line.variant)).size !== lines.length ||
        lines.some(({ quantity }) => quantity < 1),
    );
    expect(wrong).toEqual([]);
  });

  it('has delivered the old orders, and the newest ones wait or are on their way', () => {
    const wrong = all.filter(order => {
      const age = (END - order.placedAt) / DAY_MS;
      const { createdAt, placedAt, packedAt, shippedAt, deliveredAt, cancelledAt } = order;
      const times = [createdAt, placedAt, cancelledAt, packedAt, shippedAt, deliveredAt].filter(
        time => time !== undefined,
      );
      return (
        (age > 10 && !['Delivered', 'Cancelled'].includes(order.state)) ||
        (age < 0.5 && !['PaymentSettled', 'Cancelled'].includes(order.state)) ||
        times.some((time, i) => time >= END || time < (times[i - 1] ?? 0))
      );
    });
    expect(wrong).toEqual([]);
    const states = new Set(all.map(order => order.state));
    expect(states).toEqual(new Set(['Delivered', 'Shipped', 'PaymentSettled', 'Cancelled']));
  });

  it('has guests, most of whom order once, and customers who come back', () => {
    const counts = new Map<number, number>();
    for (const { customer } of simulate({ customers: 2_000, orders: 3_000 }).all) {
      counts.set(customer, (counts.get(customer) ?? 0) + 1);
    }
    const of = (registered: boolean) =>
      [...counts].filter(([customer]) => isRegistered(customer) === registered).map(([, count]) => count);
    expect(of(false).length).toBeGreaterThan(50);
    expect(of(false).filter(count => count === 1).length / of(false).length).toBeGreaterThan(0.6);
    expect(Math.max(...of(true))).toBeGreaterThan(5);
  });

  it('uses the coupon with a customer’s first order only', () => {
    const seen = new Set<number>();
    const wrong = all.filter(({ coupon, customer }) => {
      const first = !seen.has(customer);
      seen.add(customer);
      return coupon && !(first && isRegistered(customer));
    });
    expect(wrong).toEqual([]);
    expect(all.filter(order => order.coupon).length).toBeGreaterThan(30);
  });

  it('puts companions together far more often than chance does (lift)', () => {
    const ordersOf = new Map<number, Set<number>>();
    for (const order of all) {
      for (const product of productsOf(order)) {
        ordersOf.set(product, (ordersOf.get(product) ?? new Set()).add(order.index));
      }
    }
    const lifts = [...ordersOf].flatMap(([product, orders]) => {
      if (orders.size < 20) return [];
      return catalogue.companions(product).map(companion => {
        const others = ordersOf.get(companion) ?? new Set();
        const both = [...orders].filter(order => others.has(order)).length;
        return others.size === 0 ? 0 : (both * all.length) / (orders.size * others.size);
      });
    });
    lifts.sort((a, b) => a - b);
    expect(lifts.length).toBeGreaterThan(50);
    expect(lifts[Math.floor(lifts.length / 2)]).toBeGreaterThan(3);
    expect(lifts[Math.floor(lifts.length / 10)]).toBeGreaterThan(1);
  });

  it('shows loyalty: a customer’s favourite brand takes far more than its share', () => {
    const byBrand = new Map<number, number>();
    const byCustomer = new Map<number, Map<number, number>>();
    let total = 0;
    for (const order of all) {
      const own = byCustomer.get(order.customer) ?? new Map<number, number>();
      byCustomer.set(order.customer, own);
      for (const product of productsOf(order)) {
        const brand = catalogue.brand[product]!;
        byBrand.set(brand, (byBrand.get(brand) ?? 0) + 1);
        own.set(brand, (own.get(brand) ?? 0) + 1);
        total++;
      }
    }
    const ratios = [...byCustomer.entries()].flatMap(([customer, own]) => {
      const bought = [...own.values()].reduce((sum, count) => sum + count, 0);
      if (bought < 15) return [];
      const favourites = people.taste(customer, catalogue.brandWeights).brands;
      const expected = favourites.reduce((sum, brand) => sum + (byBrand.get(brand) ?? 0), 0) / total;
      const actual = favourites.reduce((sum, brand) => sum + (own.get(brand) ?? 0), 0) / bought;
      return expected === 0 ? [] : [actual / expected];
    });
    ratios.sort((a, b) => a - b);
    expect(ratios.length).toBeGreaterThan(40);
    expect(ratios[Math.floor(ratios.length / 2)]).toBeGreaterThan(1.5);
  });

  it('sells a few products a lot and most a little', () => {
    const sold = new Array<number>(catalogue.size).fill(0);
    for (const order of all) for (const product of productsOf(order)) sold[product]! += 1;
    sold.sort((a, b) => b - a);
    const total = sold.reduce((sum, count) => sum + count, 0);
    const top = sold.slice(0, Math.floor(sold.length / 5)).reduce((sum, count) => sum + count, 0);
    expect(top / total).toBeGreaterThan(0.45);
  });

  it('follows the seasons: gardens in spring, toys before Christmas', () => {
    const share = (department: string, months: number[]) => {
      const index = DEPARTMENTS.findIndex(({ code }) => code === department);
      const lines = all
        .filter(order => months.includes(new Date(order.placedAt).getUTCMonth()))
        .flatMap(productsOf);
      const own = lines.filter(product => CATEGORIES[catalogue.category[product]!]!.department === index);
      return own.length / lines.length;
    };
    expect(share('garden', [3, 4, 5])).toBeGreaterThan(1.5 * share('garden', [10, 11, 0]));
    expect(share('toys-games', [10, 11])).toBeGreaterThan(1.3 * share('toys-games', [3, 4, 5]));
  });

  it('orders again what is used up', () => {
    const coffee = categoryIndex('coffee-tea');
    const bought = new Map<string, number>();
    for (const order of all) {
      for (const { variant } of order.lines) {
        if (catalogue.category[catalogue.productOfVariant[variant]!] !== coffee) continue;
        const key = `${order.customer}/${variant}`;
        bought.set(key, (bought.get(key) ?? 0) + 1);
      }
    }
    const again = [...bought.values()].filter(count => count > 1).length;
    expect(again / bought.size).toBeGreaterThan(0.15);
  });

  it('works for the smallest shops', () => {
    expect(simulate({ products: 1, customers: 1, orders: 5 }).all.length).toBe(5);
    expect(simulate({ products: 3, customers: 9, orders: 0 }).all).toEqual([]);
    expect(simulate({ products: 3, customers: 0, orders: 0 }).all).toEqual([]);
  });
});

describe('the calendar', () => {
  it('peaks in the week around Black Friday, and dips on Saturdays', () => {
    const end = Date.UTC(2026, 0, 1);
    const day = (month: number, date: number) => dayWeight(Date.UTC(2025, month, date), end);
    // The same weekday, four weeks earlier and on Black Friday 2025.
    expect(day(10, 28)).toBeGreaterThan(2.5 * day(9, 31));
    expect(day(4, 10)).toBeLessThan(day(4, 12));
  });

  it('gives sorted times whose daily counts follow the weights', () => {
    const times = orderTimes(Random.of(4), 20_000, END);
    expect(times.length).toBe(20_000);
    expect([...times]).toEqual([...times].sort((a, b) => a - b));
    const november = [...times].filter(time => new Date(time).getUTCMonth() === 10).length;
    const july = [...times].filter(time => new Date(time).getUTCMonth() === 6).length;
    expect(november).toBeGreaterThan(1.4 * july);
  });
});
