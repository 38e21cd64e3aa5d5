export type Gender = 'female' | 'male' | 'other';

/** First names by gender; those under "other" are used by everybody. */
export const FIRST_NAMES: Record<Gender, readonly string[]> = {
  female:
    'Ada Alice Amara Anna Aisha Beatriz Camila Carla Chloe Clara Daria Diana Elena Elif Emma Fatima Freya Grace Hana Ingrid Isabel Julia Kavya Lara Leila Lina Lucia Maria Maya Mei Mia Nadia Naomi Nora Olivia Paula Priya Rosa Ruth Sara Sofia Tessa Valeria Yara Zoe'.split(
      ' ',
    ),
  male: 'Adam Ahmed Alejandro Anton Arjun Ben Carlos Daniel David Diego Elias Emil Felix Finn George Hassan Henry Hugo Ibrahim Ivan Jack James Javier Jonas Kenji Leo Liam Luca Marco Mateo Max Milan Noah Omar Oscar Paul Pedro Rafael Ravi Samuel Theo Tomas Victor William Yusuf'.split(
    ' ',
  ),
  other: 'Alex Ari Charlie Jamie Jordan Kim Morgan Nico Quinn Robin Sam Sasha'.split(' '),
};

export const LAST_NAMES: readonly string[] =
  'Abbott Ahmadi Almeida Andersen Baker Bauer Bennett Bianchi Brooks Carter Castro Chen Clarke Cohen Costa Cruz Dubois Evans Fischer Fleming Foster Garcia Gomez Green Gupta Hansen Harris Hayes Hughes Ito Jackson Jansen Johnson Kaya Keller Khan Kim Kowalski Larsen Lee Lewis Lindgren Lopez Martin Meyer Miller Moreau Morris Murphy Nakamura Nguyen Novak Okafor Olsen Osei Park Patel Pereira Peters Popov Reed Reyes Ricci Roberts Rossi Russo Sato Schmidt Shah Silva Singh Smith Soto Sullivan Tanaka Taylor Torres Turner Vargas Wagner Walker Wang Weber White Williams Wilson Wood Wright Yilmaz Young Zhang'.split(
    ' ',
  );
