import { LanguageCode, type CustomFieldConfig } from '@vendure/core';

const text = (value: string) => [{ languageCode: LanguageCode.en, value }];

/** The fields that the inventory adds to core's entities. None of them is public. */
export const inventoryFields: Readonly<Record<string, CustomFieldConfig[]>> = {
  Channel: [
    {
      name: 'stockHoldMinutes',
      type: 'int',
      nullable: true,
      min: 1,
      max: 24 * 60,
      public: false,
      label: text('Minutes that a checkout keeps its stock'),
      description: text("Empty for the shop's default, which is 15 minutes."),
    },
  ],
  GlobalSettings: [
    {
      name: 'lowStockThreshold',
      type: 'int',
      nullable: true,
      min: 0,
      public: false,
      label: text('Low stock threshold'),
      description: text(
        'At this many saleable units or fewer, a variant is low at a location. Empty: only where a threshold is set.',
      ),
    },
  ],
  // Where it is, for the strategy `nearest`.
  StockLocation: [
    {
      name: 'countryCode',
      type: 'string',
      nullable: true,
      pattern: '^[A-Z]{2}$',
      public: false,
      label: text('Country'),
      description: text('Its code of two capital letters, such as GB.'),
    },
    {
      name: 'postalCode',
      type: 'string',
      nullable: true,
      public: false,
      label: text('Postal code'),
    },
    {
      name: 'latitude',
      type: 'float',
      nullable: true,
      min: -90,
      max: 90,
      public: false,
      label: text('Latitude'),
      description: text('In degrees, north above zero. Without it, the middle of the country counts.'),
    },
    {
      name: 'longitude',
      type: 'float',
      nullable: true,
      min: -180,
      max: 180,
      public: false,
      label: text('Longitude'),
      description: text('In degrees, east above zero.'),
    },
  ],
  // Who moved it: core's movements do not say.
  StockMovement: [{ name: 'userId', type: 'int', nullable: true, internal: true }],
};
