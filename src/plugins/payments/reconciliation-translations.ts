/** What staff read about differences and reports. */
export const reconciliationTranslations = {
  en: {
    error: {
      'payment-report-not-a-day': 'Give both days as YYYY-MM-DD, for instance 2026-01-31.',
      'payment-report-backwards': 'The last day is before the first one.',
      'payment-report-too-long': 'A report has at most {max} days: ask for a shorter time.',
    },
    errorResult: {
      PAYMENT_DIFFERENCE_RESOLVED_ERROR: 'This difference is resolved already ({resolution}).',
      PAYMENT_DIFFERENCE_ACTION_ERROR: 'This cannot be done: {problem}.',
      PAYMENT_PROVIDER_SILENT_ERROR: '{provider} does not answer. Nothing was changed; try again later.',
    },
  },
  de: {
    error: {
      'payment-report-not-a-day': 'Bitte beide Tage als JJJJ-MM-TT angeben, etwa 2026-01-31.',
      'payment-report-backwards': 'Der letzte Tag liegt vor dem ersten.',
      'payment-report-too-long':
        'Ein Bericht umfasst höchstens {max} Tage: Bitte einen kürzeren Zeitraum wählen.',
    },
    errorResult: {
      PAYMENT_DIFFERENCE_RESOLVED_ERROR: 'Diese Abweichung ist bereits erledigt ({resolution}).',
      PAYMENT_DIFFERENCE_ACTION_ERROR: 'Das ist nicht möglich: {problem}.',
      PAYMENT_PROVIDER_SILENT_ERROR:
        '{provider} antwortet nicht. Es wurde nichts geändert; bitte später noch einmal versuchen.',
    },
  },
};
