/** What scores a stream of attempts without a server: for `npm run fraud:stream` and benchmarks. Loads no Vendure. */
export { StreamScorer, type StreamScore } from './engine/stream/stream-scorer';
export { areaUnderCurve, averagePrecision } from './engine/model/metrics';
