/** What a shop of some months would answer: data for pages, in the words of the plugin's schema. */

const DAY_MS = 86_400_000;

const day = (ago: number) => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
const moment = (ago: number) => new Date(Date.now() - ago * DAY_MS).toISOString();

const model = (version: string, status: 'champion' | 'challenger' | 'retired', ago: number) => ({
  id: version,
  createdAt: moment(ago),
  updatedAt: moment(ago),
  version,
  kind: status === 'retired' ? 'imported' : 'trained',
  status,
  problem: null,
  note: null,
  rows: 12_400,
  frauds: 310,
  trainedFrom: moment(ago + 200),
  trainedTo: moment(ago + 60),
  size: 84_000,
  createdBy: null,
  promotedAt: status === 'champion' ? moment(ago - 1) : null,
  promotedBy: status === 'champion' ? 'superadmin' : null,
  promotedBecause: status === 'champion' ? 'catches more' : null,
  retiredAt: null,
});

const figures = (auc: number, goodStopped: number) => ({
  rows: 1_800,
  frauds: 54,
  auc,
  averagePrecision: auc - 0.2,
  precision: 0.61,
  recall: 0.72,
  goodStopped,
  approvalRate: 0.951,
  reviewRate: 0.031,
  declineRate: 0.018,
});

const CHAMPION = model('2026-03-01.1', 'champion', 40);
const CHALLENGER = model('2026-04-01.1', 'challenger', 9);

export const MODELS = {
  fraudModelReadiness: {
    champion: CHAMPION,
    challengers: [CHALLENGER],
    good: 18_200,
    frauds: 402,
    neededGood: 500,
    neededFrauds: 50,
    ready: true,
    message: 'Enough outcomes are known.',
    lastTraining: {
      id: '7',
      createdAt: moment(9),
      updatedAt: moment(9),
      state: 'done',
      trigger: 'schedule',
      startedAt: moment(9),
      endedAt: moment(9),
    },
    training: null,
    nextTraining: moment(-1),
  },
  fraudModels: {
    items: [CHALLENGER, CHAMPION, model('lightgbm-1', 'retired', 80)],
    totalItems: 3,
  },
  fraudModel: {
    ...CHAMPION,
    report: {
      from: moment(60),
      to: moment(41),
      figures: figures(0.912, 21),
      calibration: [0, 0.2, 0.4, 0.6, 0.8].map((from, index) => ({
        from,
        to: from + 0.2,
        rows: 900 - index * 200,
        expected: from + 0.1,
        observed: from + (index % 2 === 0 ? 0.13 : 0.06),
      })),
      features: ['velocity.card.attempts.24h', 'email.entropy', 'order.amount'].map((name, index) => ({
        name,
        importance: 0.5 / (index + 1),
      })),
      details: { trees: 120 },
    },
  },
  fraudModelComparison: {
    challenger: CHALLENGER,
    champion: CHAMPION,
    from: moment(9),
    to: moment(0),
    scored: 2_100,
    championFigures: figures(0.902, 21),
    challengerFigures: figures(0.931, 14),
    differing: 37,
    differences: [
      { champion: 'approve', challenger: 'review', rows: 25, frauds: 9, good: 11 },
      { champion: 'review', challenger: 'approve', rows: 12, frauds: 0, good: 12 },
    ],
    neededRows: 1_000,
    neededFrauds: 50,
    better: true,
    verdict: 'It catches 6 frauds more and stops 7 good orders fewer.',
  },
};

const level = (psi: number) => (psi > 0.25 ? 'drifted' : psi < 0.1 ? 'stable' : 'moved');
const measure = (name: string, psi: number) => ({
  name,
  psi,
  level: level(psi),
  bins: [
    { label: '0 - 10', reference: 0.6, current: 0.5 },
    { label: '10 - 100', reference: 0.4, current: 0.5 },
  ],
});

const report = (ago: number) => {
  const score = 0.03 + 0.22 * Math.max(0, 1 - ago / 40);
  return {
    id: day(ago),
    createdAt: moment(ago),
    updatedAt: moment(ago),
    day: day(ago),
    from: moment(ago + 7),
    to: moment(ago),
    referenceFrom: moment(ago + 35),
    referenceTo: moment(ago + 7),
    rows: 2_400,
    referenceRows: 9_800,
    approvalRate: 0.94,
    reviewRate: 0.04,
    declineRate: 0.02,
    referenceApprovalRate: 0.96,
    referenceReviewRate: 0.03,
    referenceDeclineRate: 0.01,
    modelVersion: CHAMPION.version,
    level: level(score),
    score: measure('score', score),
    features: [
      measure('email.entropy', score * 1.4),
      measure('order.amount', 0.05),
      measure('ip.country', 0.02),
    ],
    weeks: Array.from({ length: 13 }, (_, index) => ({
      week: day((12 - index) * 7),
      decisions: 2_300 + index * 10,
      approved: 2_200 - index * 15,
      reviewed: 70 + index * 10,
      declined: 30 + index * 15,
      good: index < 8 ? 1_900 : 0,
      frauds: 30 - index,
      fraudsStopped: 20 - index,
      goodStopped: 12,
      precision: index < 8 ? 0.6 + index * 0.01 : null,
      recall: index < 10 ? 0.7 : null,
    })),
  };
};

export const DRIFT = {
  fraudDriftReport: report(0),
  fraudDriftReports: {
    __typename: 'FraudDriftReports',
    items: Array.from({ length: 60 }, (_, index) => report(59 - index)),
  },
};
