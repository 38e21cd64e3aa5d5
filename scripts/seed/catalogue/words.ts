import type { OptionKind } from './taxonomy';

/** Colours that products and variants come in, with the code of their facet value and SKU part. */
export const COLOURS: readonly { name: string; code: string; sku: string }[] = [
  { name: 'Black', code: 'black', sku: 'BLK' },
  { name: 'White', code: 'white', sku: 'WHT' },
  { name: 'Grey', code: 'grey', sku: 'GRY' },
  { name: 'Navy', code: 'navy', sku: 'NVY' },
  { name: 'Blue', code: 'blue', sku: 'BLU' },
  { name: 'Green', code: 'green', sku: 'GRN' },
  { name: 'Olive', code: 'olive', sku: 'OLV' },
  { name: 'Red', code: 'red', sku: 'RED' },
  { name: 'Orange', code: 'orange', sku: 'ORG' },
  { name: 'Yellow', code: 'yellow', sku: 'YLW' },
  { name: 'Pink', code: 'pink', sku: 'PNK' },
  { name: 'Purple', code: 'purple', sku: 'PRP' },
  { name: 'Brown', code: 'brown', sku: 'BRN' },
  { name: 'Beige', code: 'beige', sku: 'BGE' },
];

export interface OptionGroup {
  name: string;
  code: string;
  /** In order; a product takes neighbours. `price` is the surcharge factor against the first. */
  values: readonly { name: string; code: string; sku: string; price: number }[];
}

const plain = (names: string[]) =>
  names.map(name => ({ name, code: name.toLowerCase(), sku: name.toUpperCase(), price: 1 }));

export const OPTION_GROUPS: Record<OptionKind, OptionGroup> = {
  colour: {
    name: 'Colour',
    code: 'colour',
    values: COLOURS.map(colour => ({ ...colour, price: 1 })),
  },
  'clothing-size': { name: 'Size', code: 'size', values: plain(['XS', 'S', 'M', 'L', 'XL', 'XXL']) },
  'shoe-size': {
    name: 'Shoe Size',
    code: 'shoe-size',
    values: plain(['37', '38', '39', '40', '41', '42', '43', '44', '45']),
  },
  storage: {
    name: 'Storage',
    code: 'storage',
    values: [
      { name: '128 GB', code: '128-gb', sku: '128', price: 1 },
      { name: '256 GB', code: '256-gb', sku: '256', price: 1.15 },
      { name: '512 GB', code: '512-gb', sku: '512', price: 1.4 },
      { name: '1 TB', code: '1-tb', sku: '1TB', price: 1.8 },
    ],
  },
  pack: {
    name: 'Pack',
    code: 'pack',
    values: [
      { name: 'Single', code: 'single', sku: '1', price: 1 },
      { name: 'Pack of 2', code: 'pack-of-2', sku: '2', price: 1.85 },
      { name: 'Pack of 4', code: 'pack-of-4', sku: '4', price: 3.4 },
    ],
  },
  volume: {
    name: 'Volume',
    code: 'volume',
    values: [
      { name: '50 ml', code: '50-ml', sku: '50', price: 1 },
      { name: '100 ml', code: '100-ml', sku: '100', price: 1.7 },
      { name: '250 ml', code: '250-ml', sku: '250', price: 3.2 },
    ],
  },
  'bed-size': {
    name: 'Bed Size',
    code: 'bed-size',
    values: [
      { name: 'Twin', code: 'twin', sku: 'TW', price: 1 },
      { name: 'Full', code: 'full', sku: 'FL', price: 1.2 },
      { name: 'Queen', code: 'queen', sku: 'QN', price: 1.35 },
      { name: 'King', code: 'king', sku: 'KG', price: 1.55 },
    ],
  },
};

/** Names of product lines. */
export const LINES: readonly string[] =
  'Alba Ardent Aster Atlas Aurora Basalt Beacon Birch Boreal Breeze Cairn Calla Cedar Cinder Cirrus Clarion Cobalt Comet Coral Crest Cypress Dahlia Delta Drift Dune Echo Ember Fable Fathom Fern Flint Fjord Forge Gale Glade Grove Halo Harbor Haven Hazel Helix Heron Horizon Indigo Iris Isle Juniper Karst Kestrel Kite Lark Laurel Linden Lumen Lyric Maple Marlow Meadow Meridian Mesa Mica Mistral Moor Nimbus Nordic Nova Oasis Ochre Onyx Opal Orbit Orchard Pebble Petrel Pine Pioneer Plume Prairie Prism Quartz Quill Rapid Raven Reed Ridge Rill Rowan Sable Sage Saffron Sierra Slate Solace Sonata Sparrow Spruce Stratus Summit Swift Tarn Tempo Thistle Tide Timber Topaz Torrent Trellis Tundra Umber Vale Vega Velvet Vesper Vista Willow Wren Zenith Zephyr'.split(
    ' ',
  );

export const OPENINGS: readonly string[] = [
  'The {name} is made for people who use their things every day.',
  'Meet the {name}: simple where it should be, careful where it counts.',
  'With the {name}, {brand} has made something that lasts.',
  'The {name} does one thing and does it well.',
  'A favourite since its first season: the {name} by {brand}.',
  '{brand} designed the {name} together with the people who use it.',
];

export const MIDDLES: readonly string[] = [
  'Made with {material}, it keeps its looks for years.',
  'The use of {material} makes it light and sturdy at once.',
  'Its {material} parts are chosen by hand and can be replaced.',
  'Every detail was tested twice, from the {material} to the last seam.',
  'It comes in packaging without plastic and is made with {material}.',
];

export const ENDINGS: readonly string[] = [
  'Two years of warranty are included.',
  'A good present, too, for anyone who likes {category}.',
  'Thirty days to try it; returns are free.',
  'Spare parts are available for ten years.',
  'Looks best with other pieces of the {line} line.',
  'One of the reasons why shoppers come back to our {category}.',
];

/** Values of the facet "tag", beside those that follow from a product's own figures (new, bestseller, sale). */
export const FREE_TAGS: readonly { name: string; code: string; share: number }[] = [
  { name: 'Eco-friendly', code: 'eco-friendly', share: 0.2 },
  { name: 'Gift idea', code: 'gift-idea', share: 0.25 },
  { name: 'Limited edition', code: 'limited-edition', share: 0.05 },
  { name: 'Handmade', code: 'handmade', share: 0.08 },
];

export const DERIVED_TAGS = {
  fresh: { name: 'New', code: 'new' },
  bestseller: { name: 'Bestseller', code: 'bestseller' },
  sale: { name: 'Sale', code: 'sale' },
} as const;
