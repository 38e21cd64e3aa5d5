/** What staff read of labels, models and drift. */
export const learningTranslations = {
  en: {
    error: {
      'fraud-label-target': 'Name the attempt or the order, and not both.',
      'fraud-text-length': 'A text of 1 to {most} characters is needed here: {field}.',
    },
    errorResult: {
      FRAUD_ATTEMPT_NOT_FOUND_ERROR: 'No attempt to pay was assessed under this id.',
      FRAUD_MODEL_FILE_ERROR: 'The file cannot be used: {problem}',
      FRAUD_MODEL_NOT_FOUND_ERROR: 'There is no such model.',
      FRAUD_MODEL_IN_USE_ERROR: 'This model decides. Promote another one first, or roll back.',
      FRAUD_MODEL_UNUSABLE_ERROR: 'This model cannot be used: {problem}',
      FRAUD_MODEL_NO_EARLIER_ERROR: 'There is no earlier model to go back to.',
      FRAUD_TOO_FEW_LABELS_ERROR:
        'Too few outcomes are known: {good} good orders of {neededGood}, and {frauds} frauds of {neededFrauds}.',
      FRAUD_DRIFT_RANGE_ERROR: 'There is no such range of days: {problem}',
    },
    message: {
      'fraud-model-ready':
        'Enough outcomes are known to train a model: {good} good orders and {frauds} frauds.',
      'fraud-model-too-few':
        'Too few outcomes are known to train a model: {good} good orders of {neededGood}, and {frauds} frauds of {neededFrauds}. Rules, velocity and device carry the decisions.',
    },
  },
  de: {
    error: {
      'fraud-label-target': 'Nennen Sie den Zahlungsversuch oder die Bestellung, und nicht beides.',
      'fraud-text-length': 'Hier wird ein Text von 1 bis {most} Zeichen gebraucht: {field}.',
    },
    errorResult: {
      FRAUD_ATTEMPT_NOT_FOUND_ERROR: 'Unter dieser Nummer wurde kein Zahlungsversuch bewertet.',
      FRAUD_MODEL_FILE_ERROR: 'Die Datei ist nicht brauchbar: {problem}',
      FRAUD_MODEL_NOT_FOUND_ERROR: 'Dieses Modell gibt es nicht.',
      FRAUD_MODEL_IN_USE_ERROR:
        'Dieses Modell entscheidet. Setzen Sie zuerst ein anderes ein, oder gehen Sie zum früheren zurück.',
      FRAUD_MODEL_UNUSABLE_ERROR: 'Dieses Modell ist nicht brauchbar: {problem}',
      FRAUD_MODEL_NO_EARLIER_ERROR: 'Es gibt kein früheres Modell, zu dem man zurückgehen könnte.',
      FRAUD_TOO_FEW_LABELS_ERROR:
        'Zu wenige Ausgänge sind bekannt: {good} gute Bestellungen von {neededGood} und {frauds} Betrugsfälle von {neededFrauds}.',
      FRAUD_DRIFT_RANGE_ERROR: 'Diesen Zeitraum gibt es nicht: {problem}',
    },
    message: {
      'fraud-model-ready':
        'Genug Ausgänge sind bekannt, um ein Modell zu trainieren: {good} gute Bestellungen und {frauds} Betrugsfälle.',
      'fraud-model-too-few':
        'Zu wenige Ausgänge sind bekannt, um ein Modell zu trainieren: {good} gute Bestellungen von {neededGood} und {frauds} Betrugsfälle von {neededFrauds}. Regeln, Häufigkeit und Gerät tragen die Entscheidungen.',
    },
  },
};
