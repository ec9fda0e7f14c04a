"""What is kept of one person: shown to them, given to them, put right when they ask (个人信息保护法 44–46)."""
