"""Pictures of figures: what is shown, its drawing in Vega-Lite, and this as SVG, PNG and a page."""
