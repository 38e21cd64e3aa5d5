import { NEEDED_LABELS } from '../../engine/model';

/** Known outcomes that a training needs at least: with fewer frauds a held-out part of them says nothing. */
export const NEEDED = NEEDED_LABELS;

/** Outcomes that a training takes at most, the newest. */
export const MOST_SAMPLES = 150_000;

/** Numbers that it holds at once (8 bytes each): with many features it takes fewer samples. */
export const MOST_VALUES = 40_000_000;

/** What is older tells of other times. */
export const SAMPLE_DAYS = 730;

/** Challengers that score beside the champion: each costs time at every attempt. The oldest gives way to a new one. */
export const MOST_CHALLENGERS = 3;

/** The largest file, in bytes. */
export const MOST_FILE_BYTES = 20 * 1024 * 1024;

/** Outcomes that an imported model is tried on, the newest. */
export const VALIDATION_SAMPLES = 20_000;

/** Attempts that a challenger is compared on, the newest, and how far back. */
export const COMPARED = { rows: 50_000, days: 180 } as const;

/** The schedule trains at most so often. */
export const TRAIN_EVERY_DAYS = 7;

/** How long a challenger that never decided, and a run, are kept after their end. */
export const KEPT_DAYS = 90;
