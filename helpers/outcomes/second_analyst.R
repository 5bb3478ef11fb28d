# From here on the script is the same for every run. Each step starts from the kit's
# own result of the step before, so that a difference shows in the step that made it.

LIMIT <- 1e-8  # the largest difference that counts as agreement

# The chance of being in the treatment group, by logistic regression
score_of <- function(people, a) {
  columns <- list()
  for (name in a$numeric) {
    x <- as.numeric(people[[paste0("x:", name)]])
    filled <- ifelse(is.na(x), mean(x, na.rm = TRUE), x)
    columns <- c(columns, list(filled, as.numeric(is.na(x))))
  }
  for (name in a$categorical) {
    x <- people[[paste0("x:", name)]]
    x[is.na(x)] <- "missing"
    for (level in unique(x)[-1]) columns <- c(columns, list(as.numeric(x == level)))
  }
  x <- do.call(cbind, columns)
  varies <- apply(x, 2, function(column) all(is.finite(column)) && sd(column) > 0)
  x <- x[, varies, drop = FALSE]
  x <- cbind(1, scale(x))
  independent <- qr(x, tol = 1e-7)
  x <- x[, independent$pivot[seq_len(independent$rank)], drop = FALSE]
  fit <- suppressWarnings(glm.fit(x, people$treatment, family = binomial(),
    control = glm.control(epsilon = 1e-13, maxit = 100)))
  fit$fitted.values
}

# Who stands for whom: the treated weigh 1 each, and share that 1 out among the pool
weights_of <- function(people, a) {
  p <- people$propensity
  distance <- switch(a$distance, propensity = p, logit = log(p) - log1p(-p),
                     odds = p / (1 - p))
  q <- round(distance * 1e10)  # whole numbers: nothing hangs on a last digit
  limit <- round(a$width * 1e10)
  keys <- as.list(people[paste0("exact:", a$exact)[seq_along(a$exact)]])
  stratum <- if (length(keys)) do.call(paste, c(keys, sep = "\r")) else rep("", length(q))
  weight <- numeric(length(q))
  for (rows in split(seq_along(q), stratum)) {
    treated <- rows[people$treatment[rows] == 1]
    pool <- rows[people$treatment[rows] == 0]
    pool <- pool[order(q[pool])]
    at <- q[pool]
    if (!length(pool)) next
    for (i in treated) {
      if (a$common_support == "range" && (q[i] < at[1] || q[i] > at[length(at)])) next
      reach <- limit
      if (a$method == "nearest") {
        k <- min(a$ratio, length(at))
        here <- findInterval(q[i], at)
        near <- max(1, here - k + 1):min(length(at), here + k)
        reach <- min(limit, sort(abs(at[near] - q[i]))[k])
      }
      first <- findInterval(q[i] - reach, at, left.open = TRUE) + 1
      last <- findInterval(q[i] + reach, at)
      if (last < first) next
      taken <- first:last
      share <- rep(1, length(taken))
      if (a$method == "kernel") share <- pmax(0, 1 - ((at[taken] - q[i]) / limit)^2)
      if (sum(share) == 0) next
      weight[i] <- 1
      weight[pool[taken]] <- weight[pool[taken]] + share / sum(share)
    }
  }
  weight
}

# The difference in an outcome: Welch's test with the effective size of the comparison
# group, and Newcombe's interval where fewer than ten had, or had not, the outcome
wilson <- function(p, n) {
  z <- 1.959964
  middle <- p + z^2 / (2 * n)
  reach <- z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))
  c(middle - reach, middle + reach) / (1 + z^2 / n)
}

estimate_of <- function(y, treatment, weight, is_mean) {
  known <- weight > 0 & !is.na(y)
  treated <- y[known & treatment == 1]
  pool <- y[known & treatment == 0]
  w <- weight[known & treatment == 0]
  n_t <- length(treated)
  n_c <- sum(w)^2 / sum(w^2)
  p_t <- mean(treated)
  p_c <- sum(w * pool) / sum(w)
  v_t <- var(treated) / n_t
  v_c <- n_c / (n_c - 1) * sum(w^2 * (pool - p_c)^2) / sum(w)^2
  gap <- p_t - p_c
  se <- sqrt(v_t + v_c)
  df <- (v_t + v_c)^2 / (v_t^2 / (n_t - 1) + v_c^2 / (n_c - 1))
  ends <- gap + c(-1, 1) * qt(0.975, df) * se
  few <- function(p, n) min(n * p, n * (1 - p)) < 10 - 1e-9
  if (!is_mean && all(y[known] %in% 0:1) && (few(p_t, n_t) || few(p_c, n_c))) {
    of_t <- wilson(p_t, n_t)
    of_c <- wilson(p_c, n_c)
    ends <- gap + c(-sqrt((p_t - of_t[1])^2 + (of_c[2] - p_c)^2),
                    sqrt((of_t[2] - p_t)^2 + (p_c - of_c[1])^2))
  }
  c(value_treatment = p_t, value_comparison = p_c, difference = gap,
    standard_error = se, df = df, ci_low = ends[1], ci_high = ends[2],
    p_value = 2 * pt(-abs(gap) / se, df))
}

# The largest difference of what is known on both sides, as a share of numbers above 1
apart <- function(ours, theirs) {
  known <- !is.na(theirs)
  if (!any(known)) return(0)
  difference <- abs(ours[known] - theirs[known]) / pmax(1, abs(theirs[known]))
  if (anyNA(difference)) Inf else max(difference)
}

script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
folder <- if (length(script)) dirname(script[1]) else "."
everyone <- read.csv(file.path(folder, "data", "second_analyst.csv"), check.names = FALSE,
                     colClasses = "character", na.strings = "", encoding = "UTF-8")
agrees <- TRUE
for (a in analyses) {
  people <- everyone[everyone$analysis == a$key, ]
  for (name in c("treatment", "propensity", "weight"))
    people[[name]] <- as.numeric(people[[name]])
  found <- c("propensity scores" = apart(score_of(people, a), people$propensity))
  if (a$method == "nearest" && !a$replacement) {
    cat(a$name, ": weights are the kit's: nearest without replacement is not redone\n",
        sep = "")
  } else {
    found["weights"] <- apart(weights_of(people, a), people$weight)
  }
  for (outcome in names(a$estimates)) {
    y <- as.numeric(people[[paste0("y:", outcome)]])
    ours <- estimate_of(y, people$treatment, people$weight, outcome %in% a$means)
    theirs <- a$estimates[[outcome]]
    found[outcome] <- apart(ours[names(theirs)], theirs)
  }
  for (step in names(found))
    cat(sprintf("%s: %s: largest difference %.1e: %s\n", a$name, step, found[[step]],
                if (found[[step]] <= LIMIT) "agrees" else "DOES NOT AGREE"))
  agrees <- agrees && all(found <= LIMIT)
}
cat(if (agrees) "The second analyst agrees.\n" else "The second analyst does not agree.\n")
quit(status = if (agrees) 0 else 1)
