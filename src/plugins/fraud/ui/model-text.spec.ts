import { figureRows, importanceBars, modelState, rate, readyShare, refusalText } from './model-text';
import type { Figures } from './models.query';

const figures: Figures = {
  rows: 1200,
  frauds: 34,
  auc: 0.91234,
  averagePrecision: null,
  precision: 0.5,
  recall: 0.75,
  goodStopped: 3,
  approvalRate: 0.9,
  reviewRate: 0.08,
  declineRate: 0.02,
};

it('sets figures side by side', () => {
  const rows = figureRows([figures, { ...figures, auc: null, recall: null }]);
  expect(rows.find(({ name }) => name.startsWith('Area'))?.values).toEqual(['0.9123', '–']);
  expect(rows.find(({ name }) => name.startsWith('Recall'))?.values).toEqual(['75 %', '–']);
  expect(rows.find(({ name }) => name.startsWith('Known'))?.values).toEqual(['1,200', '1,200']);
  expect(rate(0.7)).toBe('0.7000');
});

it('says first that a model cannot be used', () => {
  expect(modelState({ status: 'champion', problem: 'no such file' }).text).toBe('Cannot be used');
  expect(modelState({ status: 'champion', problem: null }).tone).toBe('success');
  expect(modelState({ status: 'retired', problem: null }).text).toBe('Retired');
});

it('knows how much is there of what is needed', () => {
  expect([readyShare(5, 20), readyShare(30, 20), readyShare(0, 0)]).toEqual([0.25, 1, 1]);
});

it('says why a file was refused', () => {
  expect(
    refusalText({
      __typename: 'FraudModelFileError',
      message: 'The file cannot be used.',
      why: 'no trees',
      unknownFeatures: ['f1', 'f2'],
    }),
  ).toBe('The file cannot be used. no trees 2 unknown features: f1, f2');
  expect(
    refusalText({
      __typename: 'FraudModelUnusableError',
      message: 'It is broken: no trees',
      why: 'no trees',
    }),
  ).toBe('It is broken: no trees');
});

it('measures importance by the greatest', () => {
  expect(
    importanceBars([
      { name: 'a', importance: 0.4 },
      { name: 'b', importance: 0.1 },
    ]),
  ).toEqual([
    { name: 'a', share: 0.4, width: 1 },
    { name: 'b', share: 0.1, width: 0.25 },
  ]);
  expect(importanceBars([{ name: 'a', importance: 0 }])[0]?.width).toBe(0);
});
