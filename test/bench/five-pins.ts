// What is wired where on the stock Firmata board of the Johnny-Five reference. All inputs are on one port of eight pins.
export const BUTTON_PIN = 8;
export const READ_PIN = 9;
export const BUTTON_RELAY_PIN = 4;
export const READ_RELAY_PIN = 5;
