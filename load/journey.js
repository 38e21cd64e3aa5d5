/**
 * The shopping journey under load, for k6: home, search, product, add to cart, view cart; each journey is a shopper
 * of its own. Settings, by environment (`k6 run -e NAME=value load/journey.js`):
 *
 *   BASE_URL       the shop, on this machine only     http://127.0.0.1:3000
 *   VUS            shoppers at the same time          8
 *   DURATION       seconds                            30
 *   SEED           of the choice of products          1
 *   THINK_TIME     pauses between the steps, as a multiple of 1, 2, 3 and 1 s      0
 *   PRODUCTS_FILE  JSON of [{ slug, name }] to choose from; else 100 products of the shop are asked for
 *   SUMMARY_FILE   where the summary goes as JSON
 *
 * Journey number n makes the same choices in every run with the same SEED and products, whoever walks it.
 */
import { check, sleep } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Rate, Trend } from 'k6/metrics';

const BASE_URL = __ENV.BASE_URL || 'http://127.0.0.1:3000';
const VUS = Number(__ENV.VUS || 8);
const DURATION = Number(__ENV.DURATION || 30);
const SEED = Number(__ENV.SEED || 1);
const THINK_TIME = Number(__ENV.THINK_TIME || 0);

if (!/^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(BASE_URL)) {
  throw new Error(`BASE_URL is ${BASE_URL}: only a shop on this machine may be loaded, without a path`);
}

const STEPS = ['home', 'search', 'product', 'add', 'view'];
const operations = Object.fromEntries(
  [...STEPS, 'catalogue'].map(name => [name, open(`./operations/${name}.graphql`)]),
);
const givenProducts = __ENV.PRODUCTS_FILE ? JSON.parse(open(__ENV.PRODUCTS_FILE)) : undefined;

const latency = Object.fromEntries(STEPS.map(step => [step, new Trend(`step_${step}`, true)]));
const failed = new Rate('step_failed');
const journeys = new Counter('journeys');

export const options = {
  scenarios: {
    shoppers: { executor: 'constant-vus', vus: VUS, duration: `${DURATION}s`, gracefulStop: '15s' },
  },
  setupTimeout: '60s',
  summaryTrendStats: ['count', 'min', 'avg', 'med', 'p(95)', 'p(99)', 'max'],
};

export function setup() {
  if (givenProducts) return { products: givenProducts };
  const response = post(operations.catalogue, { options: { take: 100, sort: { id: 'ASC' } } }, 'catalogue');
  const items = response.json('data.products.items') || [];
  const products = items.filter(item => item.variants.some(buyable));
  if (products.length === 0) throw new Error(`${BASE_URL} sells nothing: seed the shop first`);
  return { products };
}

export default function shop({ products }) {
  const random = generator(SEED, exec.scenario.iterationInTest);
  const product = pick(products, random);
  const term = pick(searchWords(product.name), random);

  const home = step('home', {}, undefined, data => ({
    'home has collections': data.collections.items.length > 0,
  }));
  if (home === undefined) return;
  think(1);

  const found = step(
    'search',
    { input: { term, groupByProduct: true, take: 24, skip: 0 } },
    undefined,
    data => ({ 'search has results': data.search.items.length > 0 }),
  );
  if (found === undefined) return;
  think(2);

  const page = step('product', { slug: product.slug }, undefined, data => ({
    'product can be bought': data.product !== null && data.product.variants.some(buyable),
  }));
  if (page === undefined) return;
  think(3);

  const variant = pick(page.data.product.variants.filter(buyable), random);
  const added = step('add', { variant: variant.id, quantity: 1 }, undefined, data => ({
    'add puts it into the cart': data.addItemToOrder.totalQuantity === 1,
  }));
  if (added === undefined) return;
  think(1);

  const cart = step('view', {}, added.token, data => ({
    'cart has the item': data.activeOrder !== null && data.activeOrder.lines.length === 1,
  }));
  if (cart === undefined) return;
  // One that ends after the time is up would count for a longer run than was measured.
  if (Date.now() - exec.scenario.startTime <= DURATION * 1000) journeys.add(1);
}

/** Sends a step; undefined when it failed, which ends the journey. */
function step(name, variables, token, checks) {
  const response = post(operations[name], variables, name, token);
  latency[name].add(response.timings.duration);
  let data;
  let results;
  try {
    const body = response.json();
    if (!body.errors) data = body.data;
    results = data ? checks(data) : {};
  } catch {
    results = {};
  }
  const ok = response.status === 200 && data !== undefined && Object.values(results).every(Boolean);
  check(ok, {
    [`${name} answers without errors`]: response.status === 200 && data !== undefined,
    ...results,
  });
  failed.add(!ok);
  return ok ? { data, token: response.headers['Vendure-Auth-Token'] || token } : undefined;
}

function post(query, variables, name, token) {
  const headers = { 'content-type': 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  return http.post(`${BASE_URL}/shop-api`, JSON.stringify({ query, variables }), {
    headers,
    tags: { name },
    timeout: '20s',
  });
}

function think(seconds) {
  if (THINK_TIME > 0) sleep(seconds * THINK_TIME);
}

/** Not "LOW_STOCK" either: that may be one last unit, and the benchmark puts two into a cart. */
function buyable(variant) {
  return variant.stockLevel === 'IN_STOCK';
}

/** Words that a shopper would type to find this product. */
function searchWords(name) {
  const words = name.match(/\p{L}{4,}/gu);
  return words || [name];
}

function pick(items, random) {
  return items[Math.floor(random() * items.length)];
}

/** mulberry32, with a stream of its own for each journey. */
function generator(seed, journey) {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(journey + 1, 0x85ebca6b)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function handleSummary(data) {
  const text = JSON.stringify(data, null, 2);
  return __ENV.SUMMARY_FILE ? { [__ENV.SUMMARY_FILE]: text } : { stdout: `${text}\n` };
}
