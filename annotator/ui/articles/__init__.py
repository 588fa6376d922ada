"""The articles as lists show them: the column, its order, its filters, the page with rows beside an article."""
