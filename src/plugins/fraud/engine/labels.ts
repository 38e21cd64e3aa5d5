import { LABEL_SOURCES, type LabelSource, type Outcome } from '../types';

/** What a source says. `withdrawn`: what it said before does not count any more. */
export type Verdict = 'fraud' | 'good' | 'withdrawn';

/** Something that was said of an attempt. All of it is kept. */
export interface Statement {
  readonly source: LabelSource;
  /** What it is about, such as one dispute of several; later statements replace earlier ones of the same matter. */
  readonly reference: string;
  readonly verdict: Verdict;
  /** Whether it ends the matter, as a dispute that is closed: messages that were on their way before change nothing then. */
  readonly final: boolean;
  /** When the shop heard it. */
  readonly knownAt: number;
}

/**
 * What became of an attempt, by all that was said of it, in whatever order that was heard:
 * - of one matter (source and reference) the newest statement counts, a final one before any other; of two of the same
 *   moment the more careful one (fraud, then withdrawn, then good)
 * - within a source fraud counts before good: two disputes are about two things
 * - between sources the strongest that says anything counts, so staff refute a bank's suspicion and not its dispute; once
 *   the shop has won that, it is withdrawn, and the next source counts
 *
 * It is known since the counting verdict has stood without a break: the second message about a dispute makes it no newer.
 *
 * @returns null where nobody says anything (any more)
 */
export function outcomeOf(statements: readonly Statement[]): Outcome | null {
  for (const source of LABEL_SOURCES) {
    const matters = mattersOf(statements.filter(statement => statement.source === source));
    const verdict = (['fraud', 'good'] as const).find(wanted =>
      matters.some(matter => matter.verdict === wanted),
    );
    if (verdict === undefined) continue;
    const since = matters.filter(matter => matter.verdict === verdict).map(({ knownAt }) => knownAt);
    return { fraud: verdict === 'fraud', source, knownAt: Math.min(...since) };
  }
  return null;
}

/** What stands of each matter, and since when. */
function mattersOf(statements: readonly Statement[]): { verdict: Verdict; knownAt: number }[] {
  const byReference = new Map<string, Statement[]>();
  for (const statement of statements) {
    const matter = ONE_MATTER.has(statement.source) ? '' : statement.reference;
    const known = byReference.get(matter);
    if (known === undefined) byReference.set(matter, [statement]);
    else known.push(statement);
  }
  return [...byReference.values()].map(of => {
    const [last, ...before] = [...of].sort(newestFirst) as [Statement, ...Statement[]];
    const changed = before.findIndex(({ verdict }) => verdict !== last.verdict);
    const run = [last, ...(changed === -1 ? before : before.slice(0, changed))];
    return { verdict: last.verdict, knownAt: Math.min(...run.map(({ knownAt }) => knownAt)) };
  });
}

/** Whatever staff say, in a case or without one, is about the same. */
const ONE_MATTER: ReadonlySet<LabelSource> = new Set(['staff', 'matured']);

const CARE: Record<Verdict, number> = { fraud: 2, withdrawn: 1, good: 0 };

function newestFirst(a: Statement, b: Statement): number {
  if (a.final !== b.final) return a.final ? -1 : 1;
  return b.knownAt - a.knownAt || CARE[b.verdict] - CARE[a.verdict];
}

/** What a dispute says by its reason and state: only fraud is a label, other complaints are no judgment of the payer. */
export function disputeSays(
  reason: string,
  status: 'needs_response' | 'under_review' | 'won' | 'lost',
): Pick<Statement, 'verdict' | 'final'> | null {
  if (!FRAUD_REASONS.has(reason.trim().toLowerCase())) return null;
  return { verdict: status === 'won' ? 'withdrawn' : 'fraud', final: status === 'won' || status === 'lost' };
}

/**
 * Words of providers for a payment that its card holder did not make. `unrecognized` is none of them: that card holder may
 * only not know the shop's name on the bill.
 */
const FRAUD_REASONS: ReadonlySet<string> = new Set(['fraudulent', 'fraud', 'unauthorized', 'unauthorised']);

/** Fraud, in the languages of the staff pages: `fraud`, `fraudulent`, `Betrug`, `betrügerisch`, as whole words or their beginnings. */
const FRAUD_WORD = /(?<!\p{L})(fraud|betrug|betrüg)\p{L}*/u;
/** `no fraud`, `not fraudulent`, `kein Betrug`: up to two words before it. */
const DENIAL =
  /(?<!\p{L})(no|not|non|isn't|never|without|kein|keine|keinen|nicht|ohne)[\s-]+(\p{L}+[\s-]+){0,1}$/u;

/** Whether a refund's reason names fraud: what staff typed, so it is read for the word, and for its denial before it. */
export function namesFraud(reason: string | null | undefined): boolean {
  const text = (reason ?? '').normalize('NFC').toLowerCase();
  const found = FRAUD_WORD.exec(text);
  return found !== null && !DENIAL.test(text.slice(0, found.index));
}
