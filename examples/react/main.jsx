import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';

/** Where a token comes from: the host's own server. */
async function fetchToken() {
  const response = await fetch('/retainer-token', { method: 'POST' });
  return response.json();
}

function Results() {
  const [period, setPeriod] = useState('month-to-date');
  const portal = useRef(null);
  useEffect(() => {
    const element = portal.current;
    const hear = (event) => setPeriod(event.detail.period);
    element.addEventListener('ap-period-change', hear);
    return () => element.removeEventListener('ap-period-change', hear);
  }, []);
  // React sets what an element has as a property, and the rest as an attribute.
  return (
    <>
      <h1>Your results</h1>
      <p id="period">{period}</p>
      <agency-portal ref={portal} fetchToken={fetchToken} sections="tier usage value kpis" />
    </>
  );
}

createRoot(document.getElementById('app')).render(<Results />);
