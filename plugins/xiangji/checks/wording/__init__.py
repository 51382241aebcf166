"""What is said to the public: advertising law, claims, private things, numbers of persons."""
