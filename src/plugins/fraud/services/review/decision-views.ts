import { fieldOf } from '../../engine/fields';
import type { FraudDecision } from '../../entities/fraud-decision.entity';
import { UNITS_PER_POINT, type Reason, type Signals } from '../../types';

/** Names of rules and lists, by id. */
export type Names = ReadonlyMap<string, string>;

/** The name of what a code of a reason stands for, where it has one. */
function nameOf(code: string, names: Names): string | null {
  const [kind = '', id = ''] = split(code);
  if (kind === 'rule') return names.get(id) ?? null;
  return fieldOf(kind === 'model' ? id : code)?.description ?? null;
}

function split(code: string): string[] {
  const at = code.indexOf(':');
  return at < 0 ? [code] : [code.slice(0, at), code.slice(at + 1)];
}

/** A decision as the API has it. */
export function decisionView(decision: FraudDecision, names: Names) {
  const { parts, contributions, signals, rules, override, challengers, currency, units } = decision;
  const reasonView = ({ code, points, facts }: Reason) => ({
    code,
    points,
    facts,
    name: nameOf(code, names),
  });
  return {
    ...decision,
    currencyCode: currency,
    score: units / UNITS_PER_POINT,
    override: override === null ? null : { ...override, name: names.get(override.source) ?? null },
    parts: parts.map(({ part, score, missing, reasons }) => ({
      part,
      score,
      missing: missing ?? null,
      reasons: reasons.map(reasonView),
    })),
    contributions: [...contributions]
      .sort((a, b) => b.units - a.units || (a.code < b.code ? -1 : 1))
      .map(({ part, code, units: share, facts }) => ({
        part,
        code,
        facts,
        score: share / UNITS_PER_POINT,
        name: nameOf(code, names),
      })),
    signals: Object.keys(signals)
      .sort()
      .map(name => ({ name, value: signals[name], description: fieldOf(name)?.description ?? name })),
    rules: rules.map(({ ruleId, ...hit }) => ({ ...hit, id: ruleId, name: names.get(ruleId) ?? null })),
    shadows: challengers.map(({ modelVersion, recommendation, units: said }) => ({
      modelVersion,
      recommendation,
      score: said / UNITS_PER_POINT,
    })),
  };
}

export interface PlaceView {
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly country: string | null;
}

/** Where the shopper seems to be, and where the order goes. */
export function placesView(signals: Signals) {
  const number = (name: string) => (typeof signals[name] === 'number' ? signals[name] : null);
  const text = (name: string) => (typeof signals[name] === 'string' ? signals[name] : null);
  const ip = {
    latitude: number('ip.latitude'),
    longitude: number('ip.longitude'),
    country: text('ip.country'),
  };
  const country = (name: string): PlaceView | null =>
    text(name) === null ? null : { latitude: null, longitude: null, country: text(name) };
  return {
    ip: ip.latitude === null && ip.country === null ? null : ip,
    billing: country('order.billingCountry'),
    shipping: country('order.shippingCountry'),
    distanceKm: number('ip.billingDistanceKm'),
  };
}
