"""What a worksheet is made of: questions, their kinds, and the words around them."""
