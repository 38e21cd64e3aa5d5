/** What staff read when something is refused. */
export const translations = {
  en: {
    errorResult: {
      INVALID_TRANSITION_ERROR:
        '{trigger} cannot be fired on an order that is {from}. Possible now: {possible}.',
      CONDITION_NOT_MET_ERROR: '{reason}',
      // Core has no text for it.
      FULFILLMENT_STATE_TRANSITION_ERROR: '{transitionError}',
      EFFECT_STATE_ERROR:
        '{operation, select, retry {Only an effect that failed, or whose outcome is unknown, can be retried} other {Only an effect that failed, waits or has an unknown outcome can be skipped}}: this one is {state}.',
    },
  },
  de: {
    errorResult: {
      INVALID_TRANSITION_ERROR:
        '{trigger} ist bei einer Bestellung im Status {from} nicht möglich. Möglich ist: {possible}.',
      CONDITION_NOT_MET_ERROR: '{reason}',
      // Core has no text for it.
      FULFILLMENT_STATE_TRANSITION_ERROR: '{transitionError}',
      EFFECT_STATE_ERROR:
        '{operation, select, retry {Wiederholt wird nur, was fehlgeschlagen oder ungewiss ist} other {Übergangen wird nur, was fehlgeschlagen oder ungewiss ist oder wartet}}: dies ist {state}.',
    },
  },
};
