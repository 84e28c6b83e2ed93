"""Figures: plain functions from tables to a Plotly figure. They only draw."""
