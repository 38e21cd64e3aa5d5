/** What staff read about the review queue. */
export const reviewTranslations = {
  en: {
    errorResult: {
      FRAUD_CASE_TAKEN_ERROR: 'Somebody else works on this case.',
      FRAUD_CASE_ENDED_ERROR: 'This case is {status} already: it cannot be changed any more.',
      FRAUD_CASE_DECISION_FAILED_ERROR: 'The decision could not be carried out: {problem}',
      FRAUD_CASE_NOT_FOUND_ERROR: 'There is no such case.',
    },
  },
  de: {
    errorResult: {
      FRAUD_CASE_TAKEN_ERROR: 'Jemand anderes bearbeitet diesen Fall.',
      FRAUD_CASE_ENDED_ERROR: 'Dieser Fall ist bereits entschieden oder geschlossen ({status}).',
      FRAUD_CASE_DECISION_FAILED_ERROR: 'Die Entscheidung konnte nicht ausgeführt werden: {problem}',
      FRAUD_CASE_NOT_FOUND_ERROR: 'Diesen Fall gibt es nicht.',
    },
  },
};
