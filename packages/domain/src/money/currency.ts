const WITHOUT_DECIMALS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF';
const WITH_THREE_DECIMALS = 'BHD IQD JOD KWD LYD OMR TND';
const WITH_TWO_DECIMALS =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC ' +
  'CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR ' +
  'JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD ' +
  'NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN ' +
  'SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG';

const digitsByCode: ReadonlyMap<string, number> = new Map([
  ...codes(WITHOUT_DECIMALS, 0),
  ...codes(WITH_TWO_DECIMALS, 2),
  ...codes(WITH_THREE_DECIMALS, 3),
]);

/** True for the ISO 4217 code, in capitals, of a currency people pay in today; funds, metals and test codes are none. */
export function isCurrency(code: string): boolean {
  return digitsByCode.has(code);
}

/** How many decimals an amount of the currency is written with: its major unit is 10 to that power of minor units. */
export function minorDigits(code: string): number {
  return digitsByCode.get(code) ?? 2;
}

function codes(list: string, digits: number): [string, number][] {
  return list.split(' ').map((code) => [code, digits]);
}
