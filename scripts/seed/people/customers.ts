import { DEPARTMENTS } from '../catalogue/taxonomy';
import type { Random } from '../random';
import { draftCustomer, type CustomerDraft } from './customer';

/** What makes a customer buy this rather than that. */
export interface Taste {
  /** By department: how much more or less it draws this customer than the average one. */
  departments: readonly number[];
  /** Brands the customer comes back to, by index. */
  brands: readonly number[];
  /** The probability that a purchase looks for one of these brands first. */
  loyalty: number;
}

/** How age draws to departments: [code, from, to, factor]. */
const AGE_EFFECTS: readonly (readonly [string, number, number, number])[] = [
  ['electronics', 0, 32, 1.5],
  ['clothing', 0, 35, 1.3],
  ['toys-games', 28, 48, 1.8],
  ['home-kitchen', 35, 120, 1.3],
  ['garden', 48, 120, 1.9],
  ['office-books', 55, 120, 1.3],
];

/** The customers of a shop: who shops how often, as numbers, and each as a whole when asked for. */
export class Customers {
  /** How often each shops, in proportion to the others: a few shop a lot. */
  readonly activity: Float32Array;
  /** Epoch ms. A guest is known from the first order on, which the simulation writes here. */
  readonly createdAt: Float64Array;
  private readonly random: Random;

  constructor(
    root: Random,
    readonly size: number,
    private readonly end: number,
  ) {
    this.random = root.fork('customers');
    this.activity = new Float32Array(size);
    this.createdAt = new Float64Array(size);
    for (let c = 0; c < size; c++) {
      const own = this.random.fork('activity', c);
      // The first customer's mean is four times that of the others, so that there is a history to look at.
      this.activity[c] = c === 0 ? 12 : Math.min(own.pareto(1.5), 30);
      this.createdAt[c] = this.draft(c).createdAt;
    }
  }

  draft(customer: number): CustomerDraft {
    return draftCustomer(this.random, customer, this.end);
  }

  /**
   * The taste of one customer; the same for the same index and brands.
   *
   * @param brandWeights by department, as `brandWeights` gives them
   */
  taste(customer: number, brandWeights: readonly (readonly number[])[]): Taste {
    const random = this.random.fork('taste', customer);
    const { age } = this.draft(customer);
    const favourites = random.sample([...DEPARTMENTS.keys()], 2);
    const departments = DEPARTMENTS.map((department, index) => {
      const effects = AGE_EFFECTS.filter(
        ([code, from, to]) => code === department.code && age >= from && age < to,
      );
      const ofAge = effects.reduce((product, [, , , factor]) => product * factor, 1);
      return ofAge * (favourites.includes(index) ? random.int(3, 6) : 0.4 + 0.6 * random.float());
    });
    const loved = favourites.flatMap(department => {
      const weights = brandWeights[department] as readonly number[];
      return [random.weighted(weights), random.weighted(weights)];
    });
    return { departments, brands: [...new Set(loved)], loyalty: 0.25 + 0.5 * random.float() };
  }
}
