# The twelve estimators of method.md, section 6, on people.csv and on North Carolina,
# written out in R: glm and lm with sandwich's HC0, survey's svymean, optim (BFGS), and
# matching by a search of every pair. Rscript estimators.R, in this folder, makes
# estimators.csv; needs the packages sandwich and survey.
library(sandwich); library(survey)
z975 <- 1.959964

welch <- function(y, treated, w, kind = "") {
  used <- w > 0 & !is.na(y); y <- y[used]; treated <- treated[used]; w <- w[used]
  c <- y[!treated]; v <- w[!treated]; n <- sum(treated); n_e <- sum(v)^2 / sum(v^2)
  mean_c <- weighted.mean(c, v); v_t <- var(y[treated]) / n
  # svymean has n/(n - 1) of the people where the method has that of the effective size
  taylor <- SE(svymean(~c, svydesign(~1, weights = ~v, data = data.frame(c, v))))^2
  v_c <- as.numeric(taylor) * (length(c) - 1) / length(c) * n_e / (n_e - 1)
  se <- sqrt(v_t + v_c); d <- mean(y[treated]) - mean_c
  df <- (v_t + v_c)^2 / (v_t^2 / (n - 1) + v_c^2 / (n_e - 1))
  data.frame(n_treatment = n, n_comparison = length(c), effective_comparison = n_e,
    difference = d, standard_error = se, df = df, ci_low = d - qt(.975, df) * se,
    ci_high = d + qt(.975, df) * se, p_value = 2 * pt(-abs(d / se), df),
    largest_weight = max(v) / sum(v))
}

by_normal <- function(d, se, n, m, n_e = NA, largest = NA)
  data.frame(n_treatment = n, n_comparison = m, effective_comparison = n_e,
    difference = d, standard_error = se, df = NA, ci_low = d - z975 * se,
    ci_high = d + z975 * se, p_value = 2 * pnorm(-abs(d / se)),
    largest_weight = largest)

# everyone within the caliper, as whole numbers of 1e-10
near <- function(q, treated, width) {
  gap <- abs(outer(q[treated], q[!treated], "-"))
  gap <= round(width * 1e10)
}
shared <- function(share, treated) {             # treated x pool, each row sums to 1
  w <- numeric(length(treated)); w[treated] <- rowSums(share) > 0
  w[!treated] <- colSums(share); w
}
each <- function(inside) { k <- rowSums(inside); inside / ifelse(k > 0, k, 1) }

greedy <- function(q, treated, width) {          # largest first, each once
  t <- which(treated); c <- which(!treated); w <- numeric(length(q))
  for (i in t[order(-q[t], t)]) {
    gap <- abs(q[c] - q[i])
    best <- which(gap == min(gap))[1]            # of equals the lowest label
    if (gap[best] <= round(width * 1e10)) { w[c(i, c[best])] <- 1; c <- c[-best] }
  }
  w
}

all_of <- function(name, people, x, y, binary, outcome) {
  treated <- people$treatment == 1
  fit <- glm(people$treatment ~ x, family = binomial,
             control = glm.control(epsilon = 1e-15, maxit = 50))
  l <- predict(fit); q <- round(l * 1e10)
  sd <- sqrt((var(l[treated]) + var(l[!treated])) / 2)
  one <- function(variant, row) cbind(data = name, outcome, variant, row)
  rows <- list()
  widths <- c(caliper_002 = .02, caliper_005 = .05, caliper_01 = .1, caliper_02 = .2)
  for (v in names(widths))
    rows[[v]] <- one(v, welch(y, treated, shared(each(near(q, treated, widths[v] * sd)), treated)))
  gap <- abs(outer(q[treated], q[!treated], "-"))
  rows$again <- one("nearest_again",
    welch(y, treated, shared(each(gap == apply(gap, 1, min)), treated)))
  rows$once <- one("nearest_once", welch(y, treated, greedy(q, treated, .2 * sd)))
  k <- pmax(1 - (gap / 6e8)^2, 0)
  rows$kernel <- one("kernel", welch(y, treated, shared(each(k), treated)))

  # entropy balancing: the dual by optim, from several starts of scale
  z <- scale(x, center = colMeans(x[treated, ]), scale = apply(x, 2, sd.of))[!treated, ]
  f <- function(b) { p <- z %*% b; m <- max(p); m + log(sum(exp(p - m))) }
  g <- function(b) { p <- z %*% b; s <- exp(p - max(p)); drop(t(z) %*% s) / sum(s) }
  b <- numeric(ncol(z))
  for (again in 1:20)
    b <- optim(b, f, g, method = "BFGS", control = list(reltol = 1e-16, maxit = 5000))$par
  stopifnot(max(abs(g(b))) < 1e-7)
  w <- as.numeric(treated); w[!treated] <- exp(z %*% b)
  rows$eb <- one("entropy_balancing", welch(y, treated, w))

  w <- ifelse(treated, 1, exp(l))
  rows$ipw <- one("ipw", welch(y, treated, w))

  # the model of the pool, on those with a known value
  known <- !is.na(y); t <- treated[known]; yk <- y[known]; xk <- x[known, ]; wk <- w[known]
  m0 <- if (binary) glm(yk ~ xk, family = binomial, subset = !t,
                        control = glm.control(epsilon = 1e-15, maxit = 50))
        else lm(yk ~ xk, subset = !t)
  eta <- drop(cbind(1, xk) %*% coef(m0)); m <- if (binary) plogis(eta) else eta
  slope <- if (binary) m * (1 - m) else rep(1, length(m))
  grad <- colMeans(slope[t] * cbind(1, xk)[t, ])
  r <- yk - m; a <- mean(r[t])
  se <- sqrt(var(r[t]) / sum(t) + drop(grad %*% vcovHC(m0, type = "HC0") %*% grad))
  rows$regression <- one("regression", by_normal(a, se, sum(t), sum(!t)))
  b <- weighted.mean(r[!t], wk[!t]); n <- length(r)
  psi <- ifelse(t, (r - a) / mean(t), -wk * (r - b) / (sum(wk[!t]) / n))
  rows$aipw <- one("aipw", by_normal(a - b, sqrt(sum(psi^2)) / n, sum(t), sum(!t),
    sum(wk[!t])^2 / sum(wk[!t]^2), max(wk[!t]) / sum(wk[!t])))

  # without the 5% of treated with fewest peers; the headline's caliper is 0.05
  inside <- near(q, treated, .05 * sd)
  out <- order(rowSums(inside), which(treated))[seq_len(floor(.05 * sum(treated)))]
  inside[out, ] <- FALSE
  rows$trimmed <- one("trimmed", welch(y, treated, shared(each(inside), treated)))
  do.call(rbind, rows)
}
sd.of <- function(v) sqrt(mean((v - mean(v))^2))

people <- read.csv("people.csv", na.strings = "")
age <- ifelse(is.na(people$age), mean(people$age, na.rm = TRUE), people$age)
ethnicity <- ifelse(is.na(people$ethnicity), "missing", people$ethnicity)
x <- cbind(age, is.na(people$age), people$priors, people$sex == "M",
           ethnicity == "Black", ethnicity == "White", ethnicity == "missing",
           people$employed)
days <- ifelse(people$person_id %% 7 == 0, NA, people$days)   # some are not known
nc <- read.csv("../../params/data/nc_prison_work.csv")
covariates <- c("priors", "tserved", "felon", "alcohol", "drugs", "black", "married",
                "educ", "age", "rules", "property", "person", "super")
found <- rbind(
  all_of("people", people, x, as.numeric(people$offences > 0), TRUE, "rate"),
  all_of("people", people, x, days, FALSE, "days"),
  all_of("north_carolina", nc, as.matrix(nc[covariates]), nc$reoffended, TRUE, "rate"))
for (name in names(found)) if (is.numeric(found[[name]]))
  found[[name]] <- ifelse(is.na(found[[name]]), "",
                          formatC(found[[name]], digits = 12, format = "g", width = 1))
write.csv(found, "estimators.csv", row.names = FALSE, quote = FALSE)
