# Values that the tests of tests beside the headline, of many tests and of Rosenbaum's
# bound compare with. Rscript robustness_hidden.R, in this folder; needs the package
# sandwich, and base R 4. The people are those of apart.R (people_sites.csv).
library(sandwich)
people <- read.csv("people_sites.csv", na.strings = "")
rows <- list()
add <- function(what, name, se = NA, df = NA, low = NA, high = NA, p = NA) {
  rows[[length(rows) + 1]] <<- data.frame(
    what, name, standard_error = se, df, ci_low = low, ci_high = high, p_value = p)
}

# everybody counted once and alike: R's own Welch test and its test of two proportions
treated <- people$reoffended[people$treatment == 1]
pool <- people$reoffended[people$treatment == 0]
one <- t.test(treated, pool)
add("alike", "welch_raw", one$stderr, one$parameter, one$conf.int[1], one$conf.int[2],
    one$p.value)
both <- prop.test(c(sum(treated), sum(pool)), c(length(treated), length(pool)),
                  correct = FALSE)
add("alike", "pooled_raw", p = both$p.value)

# weighted rates with raw n: Welch's formula and z, by hand in R
p_t <- mean(treated)
w <- people$weight[people$treatment == 0]
p_c <- weighted.mean(pool, w)
n_t <- length(treated)
n_c <- length(pool)
v <- c(p_t * (1 - p_t) / (n_t - 1), p_c * (1 - p_c) / (n_c - 1))
se <- sqrt(sum(v))
df <- sum(v)^2 / sum(v^2 / (c(n_t, n_c) - 1))
add("weighted", "welch_raw", se, df, p_t - p_c - qt(0.975, df) * se,
    p_t - p_c + qt(0.975, df) * se, 2 * pt(-abs(p_t - p_c) / se, df))
share <- (n_t * p_t + n_c * p_c) / (n_t + n_c)
se <- sqrt(share * (1 - share) * (1 / n_t + 1 / n_c))
add("weighted", "pooled_raw", se, NA, p_t - p_c - qnorm(0.975) * se,
    p_t - p_c + qnorm(0.975) * se, 2 * pnorm(-abs(p_t - p_c) / se))

# weighted least squares, HC2
used <- people[people$weight > 0, ]
model <- lm(reoffended ~ treatment, used, weights = weight)
se <- sqrt(vcovHC(model, type = "HC2")["treatment", "treatment"])
d <- coef(model)[["treatment"]]
add("weighted", "regression", se, NA, d - qnorm(0.975) * se, d + qnorm(0.975) * se,
    2 * pnorm(-abs(d) / se))

# Rosenbaum: two-sided p by pbinom's upper tail, and its root
p_of <- function(gamma, b, n) {
  min(1, 2 * pbinom(b - 1, n, gamma / (1 + gamma), lower.tail = FALSE))
}
root <- function(b, n) {
  uniroot(function(g) 2 * pbinom(b - 1, n, g / (1 + g), lower.tail = FALSE) - 0.05,
          c(1, 1000), tol = 1e-12)$root
}
for (pair in list(c(70, 110), c(55, 90), c(12, 12), c(300, 500))) {
  add("gamma", paste(pair, collapse = " of "), df = root(pair[1], pair[2]),
      p = p_of(1, pair[1], pair[2]))
  add("gamma 1.1", paste(pair, collapse = " of "), p = p_of(1.1, pair[1], pair[2]))
}

# Benjamini and Hochberg
p <- c(0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216)
q <- p.adjust(p, "BH")
for (i in seq_along(p)) add("q", as.character(p[i]), p = q[i])

found <- do.call(rbind, rows)
numbers <- sapply(found, is.numeric)
found[numbers] <- lapply(found[numbers], signif, 12)
write.csv(found, "robustness_hidden.csv", row.names = FALSE, quote = FALSE, na = "")
