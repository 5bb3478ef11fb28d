# The ratio of two means with its interval, and the over-dispersion of the weighted
# group: method, section 5, written out in base R. Rscript tests/expected/ratios.R
y <- c(3, 0, 2, 1, 0, 0, 5, 1, 0, 2)
c <- c(4, 0, 1, 0, 2, 3, 0, 1)
w <- c(2, 1, .5, 1.5, 1, 2, 1, 1)
ratio <- function(y, c, w) {
  n <- length(y); n_e <- sum(w)^2 / sum(w^2); mean_c <- weighted.mean(c, w)
  v_t <- var(y) / n
  v_c <- n_e / (n_e - 1) * sum(w^2 * (c - mean_c)^2) / sum(w)^2
  df <- (v_t + v_c)^2 / (v_t^2 / (n - 1) + v_c^2 / (n_e - 1))
  s <- sqrt(v_t / mean(y)^2 + v_c / mean_c^2)
  rr <- mean(y) / mean_c
  cat(rr, rr * exp(base::c(-1, 1) * qt(.975, df) * s), "\n")
}
ratio(y, c, w)                                             # 0.8 0.246463 2.596739
ratio(rep(1:0, base::c(40, 60)), rep(1:0, base::c(100, 100)), rep(1, 200))
                                                           # 0.8 0.604575 1.058595
n_e <- sum(w)^2 / sum(w^2); m <- weighted.mean(c, w)
cat(n_e / (n_e - 1) * sum(w * (c - m)^2) / sum(w) / m, "\n")          # 1.66249
