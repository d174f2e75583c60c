/** Two soft tones. Silent where the browser doesn't allow sound. */
export function playChime() {
  try {
    const context = new AudioContext();
    [523.25, 659.25].forEach((frequency, index) => {
      const start = context.currentTime + index * 0.18;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(0.15, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, start + 1.2);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + 1.3);
    });
    setTimeout(() => void context.close(), 2000);
  } catch {
    // No sound here; the page says it as well.
  }
}
