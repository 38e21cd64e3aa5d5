import { LanguageCode, type CustomFields } from '@vendure/core';

const label = (value: string) => [{ languageCode: LanguageCode.en, value }];

/** Fields that the catalogue and the customer need beyond the platform's own. */
export const customFields: CustomFields = {
  ProductVariantPrice: [
    {
      name: 'listPrice',
      type: 'int',
      nullable: true,
      min: 0,
      public: true,
      label: label('List price'),
      description: label(
        'The price before a reduction, in minor units; empty when the price is not reduced.',
      ),
    },
  ],
  Product: [
    { name: 'seoTitle', type: 'localeString', nullable: true, label: label('SEO title') },
    { name: 'seoDescription', type: 'localeText', nullable: true, label: label('SEO description') },
    {
      name: 'searchKeywords',
      type: 'localeText',
      nullable: true,
      label: label('Search keywords'),
      description: label('Words that shoppers use for this product and that its name lacks.'),
    },
  ],
  Customer: [
    {
      name: 'gender',
      type: 'string',
      nullable: true,
      options: [{ value: 'female' }, { value: 'male' }, { value: 'other' }],
      label: label('Gender'),
    },
    { name: 'birthDate', type: 'datetime', nullable: true, label: label('Date of birth') },
  ],
};
